import { expect, it } from "vitest";
import { seededRandom } from "../../src/testing/seeded-random.js";

const word = (value: bigint) => BigInt.asUintN(32, value);

/** mulberry32 once more, in whole numbers that do not overflow. */
function mulberry32(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = word(state + 0x6d2b79f5n);
    let mixed = word((state ^ (state >> 15n)) * (state | 1n));
    mixed ^= word(mixed + (mixed ^ (mixed >> 7n)) * (mixed | 61n));
    return Number(mixed ^ (mixed >> 14n)) / 2 ** 32;
  };
}

it.each([0, 1, 7, 2 ** 31, 2 ** 32 - 1, -1])("seed %s: the numbers of mulberry32", (seed) => {
  const draws = (random: () => number) => Array.from({ length: 100 }, random);
  expect(draws(seededRandom(seed))).toEqual(draws(mulberry32(seed)));
});

it("begins as it always did, so that old seeds find old failures", () => {
  expect(seededRandom(1)()).toBe(0.6270739405881613);
});
