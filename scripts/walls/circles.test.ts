// Wall 7 shown red: circles of imports. One circle per row, with the place and the words it is reported with.

import { describe, expect, test } from "vitest";
import { type Changes, found, source } from "./green-repo.ts";

const B = "packages/backoff/src";

/** Sources of `backoff`, by file name. */
function files(texts: Readonly<Record<string, string>>): Changes {
  return Object.assign(
    {},
    ...Object.entries(texts).map(([file, text]) => source("backoff", text, file)),
  );
}

function circles(changes: Changes): string[] {
  return found(changes).filter((finding) => finding.includes(" circles: "));
}

describe("7 circles", () => {
  test.each<[string, Changes, string[]]>([
    [
      "two files",
      files({ "a.ts": '\nimport { b } from "./b.js";', "b.ts": 'import { a } from "./a.js";' }),
      [`${B}/a.ts:2 circles: a circle of imports: ${B}/a.ts -> ${B}/b.ts -> ${B}/a.ts`],
    ],
    [
      "types only",
      files({
        "a.ts": 'import type { B } from "./b.js";',
        "b.ts": 'import { type A } from "./a.js";',
      }),
      [`${B}/a.ts:1 circles: a circle of imports: ${B}/a.ts -> ${B}/b.ts -> ${B}/a.ts`],
    ],
    [
      "a type import() and a re-export",
      files({
        "a.ts": 'export type B = import("./b.js").B;',
        "b.ts": 'export * from "./a.js";',
      }),
      [`${B}/a.ts:1 circles: a circle of imports: ${B}/a.ts -> ${B}/b.ts -> ${B}/a.ts`],
    ],
    [
      "a file that imports itself",
      files({ "a.ts": 'import type { A } from "./a.js";' }),
      [`${B}/a.ts:1 circles: a circle of imports: ${B}/a.ts -> ${B}/a.ts`],
    ],
    [
      "the shortest of two, found from a longer one",
      files({
        "a.ts": 'import "./b.js";',
        "b.ts": 'import "./c.js"; import "./a.js";',
        "c.ts": 'import "./a.js";',
      }),
      [`${B}/a.ts:1 circles: a circle of imports: ${B}/a.ts -> ${B}/b.ts -> ${B}/a.ts`],
    ],
    [
      "two circles that share no file",
      files({
        "a.ts": 'import "./b.js";',
        "b.ts": 'import "./a.js";',
        "c.ts": 'import "./d.js"; import "./a.js";',
        "d.ts": 'import "./c.js";',
      }),
      [
        `${B}/a.ts:1 circles: a circle of imports: ${B}/a.ts -> ${B}/b.ts -> ${B}/a.ts`,
        `${B}/c.ts:1 circles: a circle of imports: ${B}/c.ts -> ${B}/d.ts -> ${B}/c.ts`,
      ],
    ],
    [
      "a folder's index",
      files({ "a.ts": 'import "./curves/index.js";', "curves/index.ts": 'import "../a.js";' }),
      [`${B}/a.ts:1 circles: a circle of imports: ${B}/a.ts -> ${B}/curves/index.ts -> ${B}/a.ts`],
    ],
    [
      "across packages, by name and by subpath",
      {
        ...source("backoff", 'import "@steadfast/policy/sub";', "index.ts"),
        ...source("policy", 'import "@steadfast/backoff";', "sub.ts"),
      },
      [
        `${B}/index.ts:1 circles: a circle of imports: ${B}/index.ts -> packages/policy/src/sub.ts -> ${B}/index.ts`,
      ],
    ],
  ])("%s", (_name, changes, expected) => {
    expect(circles(changes)).toEqual(expected);
  });

  test.each<[string, Changes]>([
    [
      "two ways to the same file",
      files({
        "a.ts": 'import "./b.js"; import "./c.js";',
        "b.ts": 'import "./c.js";',
        "c.ts": "",
      }),
    ],
    [
      "a test that imports a source",
      { ...files({ "a.ts": "" }), "packages/backoff/test/a.test.ts": 'import "../src/a.js";' },
    ],
    ["a word that is no file", files({ "a.ts": 'import "./a.json"; import "./missing.js";' })],
  ])("green: %s", (_name, changes) => {
    expect(circles(changes)).toEqual([]);
  });
});
