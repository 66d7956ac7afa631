// The curves as functions: delays at places 1, 2, ...; 0 below.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { constant, type DescribedCurve, exponential, linear, steps, table } from "../src/index.js";

const MAX = Number.MAX_SAFE_INTEGER;
const first = (curve: DescribedCurve, many: number) =>
  Array.from({ length: many }, (_, i) => curve(i + 1));

test.each<[string, DescribedCurve, number[]]>([
  ["constant", constant({ delayMs: 10.5 }), [10.5, 10.5, 10.5]],
  ["constant 0", constant({ delayMs: 0 }), [0, 0]],
  [
    "exponential, its defaults",
    exponential(),
    [200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000],
  ],
  [
    "exponential, a long initialMs lifts the default cap",
    exponential({ initialMs: 60_000 }),
    [60_000, 60_000],
  ],
  [
    "exponential, factor 1.5",
    exponential({ initialMs: 200, factor: 1.5 }),
    [200, 300, 450, 675, 1012.5],
  ],
  ["exponential, cap first", exponential({ initialMs: 20, capMs: 10 }), [10, 10, 10]],
  [
    "exponential, the first uncapped",
    exponential({ initialMs: 20, capMs: 10, capFirst: false }),
    [20, 10, 10],
  ],
  [
    "exponential, the first uncapped, below the cap",
    exponential({ initialMs: 5, capMs: 10, capFirst: false }),
    [5, 10, 10],
  ],
  ["linear", linear({ initialMs: 1_000, incrementMs: 500 }), [1_000, 1_500, 2_000, 2_500]],
  ["linear from 0", linear({ initialMs: 0, incrementMs: 1 }), [0, 1, 2]],
  ["linear, no increment", linear({ initialMs: 7, incrementMs: 0 }), [7, 7]],
  ["table: the last repeats", table([50, 0, 1.5]), [50, 0, 1.5, 1.5, 1.5]],
  ["table of one", table([9]), [9, 9]],
  ["steps: a square root apart", steps({ initialMs: 1, maxMs: 100, steps: 2 }), [1, 10, 100, 100]],
  ["steps: one", steps({ initialMs: 1, maxMs: 100, steps: 1 }), [1, 100, 100]],
  ["steps: none is steady", steps({ initialMs: 1, maxMs: 100, steps: 0 }), [1, 1]],
  ["steps: no maximum is steady", steps({ initialMs: 1, maxMs: null, steps: 3 }), [1, 1, 1]],
  ["steps: from 0 is steady", steps({ initialMs: 0, maxMs: 100, steps: 3 }), [0, 0, 0]],
  [
    "steps: a maximum below the first is ignored",
    steps({ initialMs: 9, maxMs: 4, steps: 3 }),
    [9, 9],
  ],
  [
    "steps: a maximum equal to the first is steady",
    steps({ initialMs: 9, maxMs: 9, steps: 3 }),
    [9, 9],
  ],
])("%s", (_, curve, delays) => {
  expect(first(curve, delays.length)).toEqual(delays);
  expect(curve(0)).toBe(0);
  expect(curve(-1)).toBe(0);
});

describe("longestMs", () => {
  test.each<[DescribedCurve, number]>([
    [constant({ delayMs: 7 }), 7],
    [exponential(), 30_000],
    [exponential({ factor: 1 }), 200],
    [exponential({ initialMs: 0 }), 0],
    [exponential({ initialMs: 20, capMs: 10, capFirst: false }), 20],
    [linear({ initialMs: 1, incrementMs: 1 }), MAX],
    [linear({ initialMs: 1, incrementMs: 0 }), 1],
    [table([5, 9, 2]), 9],
    [steps({ initialMs: 1, maxMs: 100, steps: 2 }), 100],
    [steps({ initialMs: 200, maxMs: 100, steps: 2 }), 200],
  ])("%j is %d", (curve, longestMs) => {
    expect(curve.describe.longestMs).toBe(longestMs);
  });

  test.each<[DescribedCurve, string, object]>([
    [constant({ delayMs: 7 }), "constant", { delayMs: 7 }],
    [
      exponential({ initialMs: 5, factor: 3, capMs: 9, capFirst: false }),
      "exponential",
      { initialMs: 5, factor: 3, capMs: 9, capFirst: false },
    ],
    [linear({ initialMs: 1, incrementMs: 2 }), "linear", { initialMs: 1, incrementMs: 2 }],
    [table([5, 9, 2]), "table", { delaysMs: [5, 9, 2] }],
    [
      steps({ initialMs: 1, maxMs: 100, steps: 2 }),
      "steps",
      { initialMs: 1, maxMs: 100, steps: 2 },
    ],
  ])("stands in %j beside its kind and options", ({ describe }, kind, options) => {
    expect(describe).toEqual({ kind, options, longestMs: describe.longestMs });
  });

  test("a long table needs no deep stack", () => {
    const delays = Array.from({ length: 300_000 }, (_, i) => i);
    expect(table(delays).describe.longestMs).toBe(299_999);
  });
});

describe("the exponential curve is exact where its result is a whole number", () => {
  /** By one multiplication of big integers per place; null where the result is no whole number. */
  function exactly(initialMs: number, over: number, under: number, n: number): bigint | null {
    let numerator = BigInt(initialMs);
    let denominator = 1n;
    for (let i = 1; i < n; i++) {
      numerator *= BigInt(over);
      denominator *= BigInt(under);
    }
    return numerator % denominator === 0n ? numerator / denominator : null;
  }

  test("with whole factors", () => {
    const inputs = fc.record({
      initialMs: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: MAX })),
      factor: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 2 ** 32 - 1 })),
      n: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 80 })),
      capMs: fc.oneof(fc.constant(MAX), fc.maxSafeNat()),
    });
    law(inputs, ({ initialMs, factor, n, capMs }, reached) => {
      const exact = exactly(initialMs, factor, 1, n) ?? 0n;
      const delayMs = exponential({ initialMs, factor, capMs })(n);
      expect(delayMs).toBe(exact > BigInt(capMs) ? capMs : Number(exact));
      if (n > 2 && factor > 1 && exact <= BigInt(capMs)) reached();
    });
  });

  test("with factors that are fractions of powers of two", () => {
    const inputs = fc.record({
      odd: fc.integer({ min: 1, max: 100_000 }),
      factor: fc.constantFrom([3, 2], [5, 4], [5, 2], [9, 8], [7, 4], [257, 256]),
      n: fc.integer({ min: 1, max: 34 }),
    });
    law(inputs, ({ odd, factor: [over = 1, under = 1], n }, reached) => {
      const initialMs = odd * under ** (n - 1);
      if (!Number.isSafeInteger(initialMs)) return;
      const exact = exactly(initialMs, over, under, n);
      const delayMs = exponential({ initialMs, factor: over / under, capMs: MAX })(n);
      expect(delayMs).toBe(Math.min(Number(exact), MAX));
      if (n > 2 && exact !== null && exact < BigInt(MAX)) reached();
    });
  });

  test.each([
    [3, 33, 3 ** 32],
    [10, 16, 1e15],
    [7, 19, 1_628_413_597_910_449],
    [5, 23, 2_384_185_791_015_625],
  ])("1 times %d at place %d", (factor, n, delayMs) => {
    expect(exponential({ initialMs: 1, factor, capMs: MAX })(n)).toBe(delayMs);
  });
});

test.each([
  [11, 2.593742460100002],
  [65, 445.7915684525922],
])("place %d is multiplied out, so that every engine gets the same", (n, delayMs) => {
  expect(exponential({ initialMs: 1, factor: 1.1, capMs: MAX })(n)).toBe(delayMs);
});

test("a table holds delays up to 2^53-1, and no -0, which JSON cannot hold", () => {
  expect(first(table([MAX, -0]), 2)).toEqual([MAX, 0]);
});

test("a table keeps a copy", () => {
  const delays = [1, 2];
  const curve = table(delays);
  delays[0] = 99;
  expect(curve(1)).toBe(1);
});
