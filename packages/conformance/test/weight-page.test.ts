// What docs/performance.md says of weight is what the limits say, and what bundles consist of.

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { budgets, tree } from "./weight/budgets.js";
import { featureOf } from "./weight/features.js";
import { PAGE, partsOf, staleIn, written } from "./weight/page.js";

const page = readFileSync(PAGE, "utf8");

it("is up to date (`pnpm performance` writes it)", async () => {
  expect(await staleIn(page)).toEqual([]);
});

it("shows every limit, and takes apart everything whose reach is missed", async () => {
  const whats = (await partsOf(page)).map(({ what }) => what);
  expect(whats).toEqual(expect.arrayContaining(["reaches", "installed"]));
  const apart = whats.flatMap((what) => (what.startsWith("of ") ? what.slice(3).split("; ") : []));
  const missed = [...budgets, tree].filter(
    ({ reachBytes = Infinity, maxBytes }) => maxBytes > reachBytes,
  );
  expect(apart.sort()).toEqual(missed.map(({ name }) => name).sort());
});

it("a figure that is wrong, a limit that has changed, a feature that is gone: each is found", async () => {
  const right = await written(page);
  expect(await staleIn(right)).toEqual([]);
  const limit = right.replace(/(\| slidingWindow \| <= 2\.4 \| )\d+\.\d/, "$19.9");
  expect(limit).not.toBe(right);
  expect(await staleIn(limit)).toEqual(["reaches"]);
  const [, what = ""] = /<!-- weight: (of .*childSlot.*) -->/.exec(right) ?? [];
  const figure = right.replace(/(\| the slot of a child \|.*?)\d+\.\d/, "$10.1");
  expect(figure).not.toBe(right);
  expect(await staleIn(figure)).toEqual([what]);
  const gone = right.replace(/\| the slot of a child \|.*\n/, "");
  expect(await staleIn(gone)).toEqual([what]);
});

it("what nobody has named a feature for, or nothing of that name, is refused", async () => {
  expect(() => featureOf("no-such-package/file")).toThrow("no feature for no-such-package/file");
  const unknown = (what: string) => written(`<!-- weight: ${what} -->\n<!-- /weight -->`);
  await expect(unknown("of childSlott")).rejects.toThrow('is called "childSlott"');
  await expect(unknown("sizes")).rejects.toThrow('no weight is called "sizes"');
});
