// The repository itself holds all walls. How each of them looks when broken: the tests beside this one.

import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { show } from "./finding.ts";
import { found, source } from "./green-repo.ts";
import { OWED } from "./owed.ts";
import { readRepo } from "./repo.ts";
import { inspect } from "./walls.ts";

test("the repository itself holds all walls", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { packages, files, findings } = inspect(readRepo(root), OWED);
  expect(findings.map(show)).toEqual([]);
  expect(packages).toBeGreaterThan(10);
  expect(files).toBeGreaterThan(50);
});

test("the small repository that the rows below break is green", () => {
  expect(found({})).toEqual([]);
});

test("a file that does not parse is not a file without faults", () => {
  expect(found(source("backoff", "export const a = 1;\nexport const = ;"))).toEqual([
    "packages/backoff/src/extra.ts:2 syntax: Variable declaration expected.",
  ]);
});
