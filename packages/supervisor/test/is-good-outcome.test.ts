import { expect, it } from "vitest";
import { isGoodOutcome } from "../src/index.js";

it.each([
  ["completed", true],
  ["excused", true],
  ["stopped", true],
  ["refused", false],
  ["start-failed", false],
  ["failed", false],
] as const)("%s: %s", (type, isGood) => {
  expect(isGoodOutcome(type)).toBe(isGood);
});

it.each(["", "constructor", undefined])("what is no such word is not good: %s", (word) => {
  expect(isGoodOutcome(word as "failed")).toBe(false);
});
