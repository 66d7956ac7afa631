import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPolicyOptionsError, steadyClock } from "../src/index.js";

const MAX = Number.MAX_SAFE_INTEGER;

function readings(...values: number[]): number[] {
  const left = [...values];
  const clock = steadyClock(() => left.shift() ?? Number.NaN);
  return values.map(() => clock());
}

describe("steadyClock", () => {
  it.each<[string, number[], number[]]>([
    ["goes on", [1, 2, 3], [1, 2, 3]],
    ["stands still", [5, 5], [5, 5]],
    ["stands still until the clock has caught up", [10, 7, 9, 10, 11], [10, 10, 10, 10, 11]],
    ["rounds down", [1.999, 2], [1, 2]],
    ["rounds a negative reading down", [-0.5, -0.1], [-1, -1]],
    ["starts anywhere", [-1_000, -999], [-1_000, -999]],
    ["takes the largest reading", [MAX, MAX], [MAX, MAX]],
    ["takes the smallest reading", [-MAX, 0], [-MAX, 0]],
  ])("%s", (_, given, read) => {
    expect(readings(...given)).toStrictEqual(read);
  });

  it("makes -0 a 0, which JSON can hold", () => {
    expect(Object.is(readings(-0)[0], 0)).toBe(true);
  });

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    MAX + 1,
    -MAX - 1,
    undefined as unknown as number,
  ])("refuses a reading of %s", (reading) => {
    try {
      steadyClock(() => reading)();
      expect.unreachable();
    } catch (error) {
      expect(isPolicyOptionsError(error) && error.message).toBe(
        `steadyClock: clock must be a function that answers a number of milliseconds within 2^53-1, got ${reading}`,
      );
    }
  });

  it("goes on where it was after a bad reading", () => {
    const left = [20, Number.NaN, 10];
    const clock = steadyClock(() => left.shift() ?? 0);
    expect(clock()).toBe(20);
    expect(clock).toThrow();
    expect(clock()).toBe(20);
  });

  it("is the running maximum of the readings rounded down", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true })), (given) => {
        let last = Number.NEGATIVE_INFINITY;
        const expected = given.map((reading) => {
          last = Math.max(last, Math.floor(reading));
          return last + 0;
        });
        expect(readings(...given)).toEqual(expected);
      }),
    );
  });
});
