// What the first `simulate` made of a thousand worlds: it had rules of its own, and was compared with
// `supervise`. However it is made, a simulation stays what it was, to the millisecond.

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { lineOf } from "./golden/golden.js";
import { WORLDS } from "./golden/worlds.js";

const pinned = JSON.parse(
  readFileSync(new URL("golden/simulations.json", import.meta.url), "utf8"),
) as readonly string[];

it("a thousand worlds end as they ended", () => {
  expect(Array.from({ length: WORLDS }, (_, i) => lineOf(i))).toEqual(pinned);
});

it("all ends are among them, refusals too", () => {
  const count = (begins: RegExp) => pinned.filter((line) => begins.test(line)).length;
  for (const end of ["horizon", "max-launches", "refused", "completed"]) {
    expect(count(new RegExp(`^${end} `)), end).toBeGreaterThan(50);
  }
  expect(count(/^horizon - \d+ [1-9]/), "waited for a not-yet").toBeGreaterThan(50);
});
