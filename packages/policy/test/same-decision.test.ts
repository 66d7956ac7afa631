// What counts when two decisions are compared.

import { expect, it } from "vitest";
import { launch, noted, type RestartDecision, refuse, sameDecision } from "../src/index.js";

const all: readonly RestartDecision[] = [
  noted,
  launch(),
  launch(0.5),
  launch(1),
  refuse("a", null),
  refuse("a", 1),
  refuse("a", 2),
  refuse("b", null),
];

it("each is the same as a copy of itself, and as no other", () => {
  for (const [i, one] of all.entries()) {
    for (const [j, other] of all.entries()) expect(sameDecision(one, { ...other })).toBe(i === j);
  }
});

it("other fields do not count, and NaN is unlike any delay, itself included", () => {
  expect(sameDecision(launch(1), { ...launch(1), note: "x" } as RestartDecision)).toBe(true);
  expect(sameDecision(launch(Number.NaN), launch(Number.NaN))).toBe(false);
});
