// Our own combinators keep the laws of combinators.

import { allOf, coarse, giveUp, inTurn, keyed, waitOut, when } from "@steadfast/policy";
import { expect, it } from "vitest";
import {
  checkAllOf,
  checkCoarse,
  checkGiveUp,
  checkInTurn,
  checkKeyed,
  checkWaitOut,
  checkWhen,
} from "../../src/index.js";

it.each([
  ["allOf", () => checkAllOf(allOf)],
  ["inTurn", () => checkInTurn(inTurn)],
  ["giveUp", () => checkGiveUp(giveUp)],
  ["waitOut", () => checkWaitOut(waitOut)],
  ["coarse", () => checkCoarse(coarse)],
  ["when", () => checkWhen(when)],
  ["keyed", () => checkKeyed(keyed)],
] as const)("%s", (_, check) => {
  const { passed, results } = check();
  expect(passed).toEqual(results.map(({ law }) => law));
});
