// Earlier results are taken over exactly where nothing but sources and tests has changed.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { surroundings } from "./surroundings.ts";

let root = "";

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

const sum = (options: object = {}) => surroundings(root, "small", options);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mutate-"));
  write("config/vitest.ts", "1");
  write("packages/small/src/index.ts", "1");
  write("packages/small/test/small.test.ts", "1");
  write("packages/small/test/shared.ts", "1");
  write("packages/small/node_modules/@steadfast/policy/dist/index.js", "1");
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

test.each([
  ["what tests share", "packages/small/test/shared.ts"],
  ["a setting of all packages", "config/vitest.ts"],
  [
    "the build of a package that is imported",
    "packages/small/node_modules/@steadfast/policy/dist/index.js",
  ],
])("another sum: %s", (_, path) => {
  const before = sum();
  write(path, "2");
  expect(sum()).not.toBe(before);
});

test.each([
  ["a source", "packages/small/src/index.ts"],
  ["a test", "packages/small/test/small.test.ts"],
  ["a new test", "packages/small/test/new.test.ts"],
  ["another package", "packages/large/src/index.ts"],
])("the same sum: %s", (_, path) => {
  const before = sum();
  write(path, "2");
  expect(sum()).toBe(before);
});

test("the options count, too", () => {
  expect(sum({ runs: 50 })).not.toBe(sum({ runs: 51 }));
});
