// When a test is taken to hang: after twelve readings in a row, 3 s, of an event loop without work.

import { expect, it } from "vitest";
import { Idleness } from "./idleness.ts";

/** The first reading at which it is idle for long, counted from 1; 0 if none. */
function foundAt(...readings: readonly number[]): number {
  const idleness = new Idleness();
  return readings.findIndex((reading) => idleness.look(reading)) + 1;
}

const idle = (times: number) => Array<number>(times).fill(0.01);

it("is found at the twelfth reading in a row, and not before", () => {
  expect(foundAt(...idle(11))).toBe(0);
  expect(foundAt(...idle(12))).toBe(12);
});

it("begins anew after work, also after little", () => {
  expect(foundAt(...idle(11), 0.05, ...idle(11))).toBe(0);
  expect(foundAt(...idle(11), 0.05, ...idle(12))).toBe(24);
  expect(foundAt(...idle(11), 0.04)).toBe(12);
});

it("is never found in a loop that works", () => {
  expect(foundAt(...Array<number>(100).fill(1))).toBe(0);
});
