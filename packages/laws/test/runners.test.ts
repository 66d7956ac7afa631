// The kit knows no runner: the same checks in what looks like Jest. vitest and node:test run in processes of
// their own (real/runners.test.ts), and Jest itself is run by `pnpm matrix`.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { compileFunction } from "node:vm";
import { expect, it } from "vitest";

it("examples/jest.test.cjs, with the three names that Jest provides", () => {
  const file = fileURLToPath(new URL("../examples/jest.test.cjs", import.meta.url));
  const names: string[] = [];
  const test = (name: string, run: () => void) => {
    names.push(name);
    run();
  };
  const scope = { test, expect, require: createRequire(file) };
  compileFunction(readFileSync(file, "utf8"), Object.keys(scope))(...Object.values(scope));
  expect(names).toEqual(["keeps every law that applies to it"]);
});
