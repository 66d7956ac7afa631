// That the walls look at everything. How each of them looks when broken: the tests beside this one.

import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { found, source } from "./green-repo.ts";
import { packagesOf, readRepo } from "./repo.ts";

test("the walls look at this repository, all of it: `pnpm walls` does, this counts", () => {
  const repo = readRepo(fileURLToPath(new URL("../..", import.meta.url)));
  expect(packagesOf(repo).length).toBeGreaterThan(10);
  expect(repo.size).toBeGreaterThan(1000);
});

test("the small repository that the rows below break is green", () => {
  expect(found({})).toEqual([]);
});

test("a file that does not parse is not a file without faults", () => {
  expect(found(source("backoff", "export const a = 1;\nexport const = ;"))).toEqual([
    "packages/backoff/src/extra.ts:2 syntax: Variable declaration expected.",
  ]);
});
