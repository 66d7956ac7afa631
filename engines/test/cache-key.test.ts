// A run that skipped what it did not find is never replayed as one that passed: the key of turbo's cache has what was
// found, and a run whose key lies does not begin.

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { keyFault } from "../tools.ts";

it("the key has what was found, and whether all of it is required", () => {
  const turbo = readFileSync(new URL("../../turbo.json", import.meta.url), "utf8");
  const { tasks } = JSON.parse(turbo) as { readonly tasks: Record<string, { env?: string[] }> };
  const names = tasks["//#test:engines"]?.env;
  expect(names).toEqual(expect.arrayContaining(["STEADFAST_FOUND", "STEADFAST_REQUIRE"]));
});

it("a run under turbo does not begin unless its key says what is here", () => {
  const here = { "redis-server": null };
  const STEADFAST_FOUND = JSON.stringify(here);
  expect(keyFault({ TURBO_HASH: "1", STEADFAST_FOUND }, here)).toBeNull();
  expect(keyFault({ TURBO_HASH: "1" }, here)).toContain("use `pnpm engines`");
  expect(keyFault({ TURBO_HASH: "1", STEADFAST_FOUND }, { "redis-server": "7" })).not.toBeNull();
  expect(keyFault({}, here)).toBeNull();
});
