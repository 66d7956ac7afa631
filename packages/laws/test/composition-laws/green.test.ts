// Our own combinators keep the laws of combinators.

import { allOf, coarse, giveUp, inTurn, keyed } from "@steadfast/policy";
import { expect, it } from "vitest";
import { checkAllOf, checkCoarse, checkGiveUp, checkInTurn, checkKeyed } from "../../src/index.js";

it.each([
  ["allOf", () => checkAllOf(allOf)],
  ["inTurn", () => checkInTurn(inTurn)],
  ["giveUp", () => checkGiveUp(giveUp)],
  ["coarse", () => checkCoarse(coarse)],
  ["keyed", () => checkKeyed(keyed)],
] as const)("%s", (_, check) => {
  const { passed, results } = check();
  expect(passed).toEqual(results.map(({ law }) => law));
});
