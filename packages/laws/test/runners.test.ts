// The kit knows no runner: the same checks in vitest and in what looks like Jest. node:test is in
// real/node-test.test.ts, and Jest itself is run by `pnpm matrix`.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { compileFunction } from "node:vm";
import { describe, expect, it } from "vitest";

const example = (file: string) => fileURLToPath(new URL(`../examples/${file}`, import.meta.url));

describe("examples/vitest.test.mjs", async () => {
  await import(example("vitest.test.mjs"));
});

it("examples/jest.test.cjs, with the three names that Jest provides", () => {
  const file = example("jest.test.cjs");
  const names: string[] = [];
  const test = (name: string, run: () => void) => {
    names.push(name);
    run();
  };
  const scope = { test, expect, require: createRequire(file) };
  compileFunction(readFileSync(file, "utf8"), Object.keys(scope))(...Object.values(scope));
  expect(names).toEqual(["keeps every law that applies to it"]);
});
