// The picture at the top of the README is what `steadfast up` shows now, process ids and times aside.

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { likeness, pictureOfUp } from "../pictured.ts";

it("is what a terminal shows (pnpm terminal:picture draws it again)", async () => {
  const kept = new URL("../../docs/pictures/steadfast-up.svg", import.meta.url);
  const wanted = likeness(readFileSync(kept, "utf8"));
  expect(wanted).toEqual(expect.arrayContaining(["not yet", "worker.2", "quit"]));
  expect(likeness(await pictureOfUp())).toEqual(wanted);
});
