import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import { subdraw } from "../src/index.js";

const draws = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const salts = fc.oneof(fc.string(), fc.integer(), fc.string({ unit: "binary" }));

describe("subdraw", () => {
  it("gives the same number for the same two arguments, in [0, 1)", () => {
    fc.assert(
      fc.property(draws, salts, (draw, salt) => {
        const derived = subdraw(draw, salt);
        expect(derived).toBe(subdraw(draw, salt));
        expect(derived >= 0 && derived < 1).toBe(true);
      }),
    );
  });

  it.each([0, 1 - 2 ** -53, 2 ** -1074, 0.5])("stays in [0, 1) at the end: draw %d", (draw) => {
    for (const salt of ["", 0, -1, "x", "\u{1F600}", Number.MAX_VALUE]) {
      const derived = subdraw(draw, salt);
      expect(derived >= 0 && derived < 1).toBe(true);
    }
  });

  it("is pinned: a journal replays to the same delays in every version", () => {
    expect([subdraw(0, "delay"), subdraw(0.5, "delay"), subdraw(0.5, 7)]).toEqual([
      0.08159783692099154, 0.22636483376845717, 0.014858765993267298,
    ]);
  });

  it("is pinned off the grid of 2^-32, too", () => {
    expect([subdraw(0.1, "delay"), subdraw(3 * 2 ** -60, "delay")]).toEqual([
      0.31746904528699815, 0.7947341555263847,
    ]);
  });

  it("takes a number as its text", () => {
    expect(subdraw(0.3, 7)).toBe(subdraw(0.3, "7"));
  });

  it("uses every bit of the draw, and the whole salt", () => {
    often(fc.tuple(draws, salts, salts), ([draw, one, other]) => {
      if (String(one) === String(other)) return false;
      expect(subdraw(draw, one)).not.toBe(subdraw(draw, other));
      return true;
    });
    expect(subdraw(0.5, "x")).not.toBe(subdraw(0.5 + 2 ** -53, "x"));
  });

  // χ² with 255 degrees of freedom. Were the cells equally likely, the sum would be above 357 with a
  // probability of 2.5e-5: six sums, so a false alarm on one change of the constants in 6 600. The
  // inputs are fixed, so that the test does not flicker.
  const CELLS = 16;
  const BOUND = 357;
  const uniform = (n: number) => (n * 0.6180339887498949) % 1; // the golden ratio's fractional parts

  function chiSquared(pairs: readonly (readonly [number, number])[]): number {
    const counts = new Array<number>(CELLS * CELLS).fill(0);
    for (const [x, y] of pairs) {
      const cell = Math.floor(x * CELLS) * CELLS + Math.floor(y * CELLS);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    const expected = pairs.length / counts.length;
    return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  }

  const N = 40_000;
  const numbers = Array.from({ length: N }, (_, i) => i);

  it.each<[string, (n: number) => readonly [number, number]]>([
    ["two salts", (n) => [subdraw(uniform(n), "delay"), subdraw(uniform(n), "shard")]],
    ["salts one apart", (n) => [subdraw(uniform(n), 1), subdraw(uniform(n), 2)]],
    ["the empty salt", (n) => [subdraw(uniform(n), ""), subdraw(uniform(n), "a")]],
    ["the draw itself", (n) => [uniform(n), subdraw(uniform(n), "delay")]],
    ["neighbouring draws", (n) => [subdraw(n / N, "x"), subdraw((n + 1) / N, "x")]],
    ["one draw, many salts", (n) => [subdraw(0.5, n), subdraw(0.5, n + N)]],
  ])("is independent: %s", (_, pair) => {
    expect(chiSquared(numbers.map(pair))).toBeLessThan(BOUND);
  });

  it("would notice dependence", () => {
    expect(chiSquared(numbers.map((n) => [uniform(n), uniform(n)]))).toBeGreaterThan(BOUND);
  });
});
