// Wall 5 shown red: names. One broken rule per row,
// with the place and the words it is reported with.

import { describe, expect, test } from "vitest";
import { type Changes, found, manifest, source } from "./green-repo.ts";

describe("5 names", () => {
  test.each<[string, Changes, string]>([
    [
      "a file called utils",
      source("backoff", "export {};", "utils.ts"),
      'packages/backoff/src/utils.ts:1 names: "utils" does not say what is in it',
    ],
    [
      "a folder called common",
      source("backoff", "export {};", "common/a.ts"),
      'packages/backoff/src/common/a.ts:1 names: "common" does not say what is in it',
    ],
    [
      "a test file called test-helpers",
      { "packages/backoff/test/test-helpers.ts": "export {};" },
      'packages/backoff/test/test-helpers.ts:1 names: "helpers" does not say what is in it',
    ],
    [
      "an interface with a prefix",
      source("backoff", "export interface IShape {}"),
      "packages/backoff/src/extra.ts:1 names: interface IShape: no I prefix",
    ],
    [
      "a frozen object",
      source("backoff", "\n\nexport const a = Object.freeze({});"),
      "packages/backoff/src/extra.ts:3 names: no Object.freeze in sources",
    ],
    [
      "freeze, destructured",
      source("child-process", "const { freeze } = Object; export const a = freeze({});"),
      "packages/child-process/src/extra.ts:1 names: no Object.freeze in sources",
    ],
  ])("%s", (_name, changes, expected) => {
    expect(found(changes)).toEqual([expected]);
  });

  test("a package called utils", () => {
    expect(found(manifest("backoff", { name: "@steadfast/utils" }))).toContain(
      'packages/backoff/package.json:1 names: a package called "utils" does not say what is in it',
    );
  });

  test("the law kit freezes", () => {
    expect(found(source("laws", "export const a = Object.freeze({});"))).toEqual([]);
  });

  test("names that only begin alike", () => {
    const text = "export interface Item {} export interface IO {} export interface Idle {}";
    expect(found(source("backoff", text, "utility-of-waiting.ts"))).toEqual([]);
  });
});
