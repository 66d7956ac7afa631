// The list of what still breaks a wall: it hides exactly what it names, and cannot outlive it.

import { expect, test } from "vitest";
import { withoutOwed } from "./owed.ts";

const LONG = { file: "packages/a/src/b.ts", line: 9, rule: "size", message: "run has 70 lines" };
const OWED = { file: LONG.file, rule: "size", message: "run has", owner: "ann" };

test("an entry hides its finding and no other", () => {
  const others = [
    { ...LONG, message: "walk has 70 lines" },
    { ...LONG, file: "packages/a/src/c.ts" },
    { ...LONG, rule: "names" },
  ];
  expect(withoutOwed([LONG, ...others], [OWED])).toEqual(others);
});

test("an entry for a folder hides what is in it, by its rule", () => {
  const folder = { ...OWED, file: "packages/a/", message: "" };
  const others = [
    { ...LONG, rule: "names" },
    { ...LONG, file: "packages/ab/src/b.ts" },
  ];
  expect(withoutOwed([LONG, ...others], [folder])).toEqual(others);
});

test("an entry whose finding is gone is red", () => {
  expect(withoutOwed([], [OWED])).toEqual([
    {
      file: "packages/a/src/b.ts",
      line: 1,
      rule: "owed",
      message:
        'nothing is wrong any more with "size: run has": take ann\'s entry out of scripts/walls/owed.ts',
    },
  ]);
});
