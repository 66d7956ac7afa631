// The shared list of blocks against a plain array, at sizes where blocks are nested four levels deep.

import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import {
  append,
  endOf,
  FRESH,
  notBefore,
  type Part,
  release,
  type SlidingWindowState,
} from "../src/stamps.js";
import { heldStamps } from "./held-stamps.js";

type Move = { readonly add: number } | { readonly drop: number };

const size = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 40 }), weight: 4 },
  { arbitrary: fc.constantFrom(7, 8, 9, 63, 64, 65, 72, 511, 512, 513), weight: 4 },
  { arbitrary: fc.integer({ min: 1000, max: 5000 }), weight: 1 },
);

const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    size.map((many) => ({ add: many })),
    size.map((many) => ({ drop: many })),
  ),
  { minLength: 6, maxLength: 14, size: "max" },
);

/** How deep each part is nested: 0 for a stamp, 1 for 8 of them, 2 for 8 such blocks; all of them full. */
function depthsOf({ stamps }: SlidingWindowState): readonly number[] {
  function depth(part: Part): number {
    if (typeof part === "number") return 0;
    const depths = part.map(depth);
    const even = depths.every((one) => one === depths[0]);
    if (part.length !== 8 || !even) throw new Error(`a block of depths ${depths.join()}`);
    return 1 + Math.max(...depths);
  }
  return stamps.map(depth);
}

test("adding, taking off and looking agree with an array", () => {
  law(moves, (made, reached) => {
    let state = FRESH;
    let model: number[] = [];
    let next = 0;
    for (const move of made) {
      if ("add" in move) {
        for (let i = 0; i < move.add; i++) {
          state = { count: state.count + 1, stamps: append(state.stamps, next) };
          model.push(next);
          next += 2;
        }
      } else {
        const left = Math.max(0, model.length - move.drop);
        const byRank = release(state, (_, rank) => rank > left);
        const newestGone = model[model.length - left - 1] ?? Number.NEGATIVE_INFINITY;
        const byTime = release(state, (stamp) => stamp <= newestGone);
        expect(isDeepStrictEqual(byTime, byRank)).toBe(true);
        state = byRank;
        model = model.slice(model.length - left);
      }
      expect(state.count).toBe(model.length);
      expect(isDeepStrictEqual(heldStamps(state), model)).toBe(true);
      expect(endOf(state.stamps, 0)).toBe(model[0]);
      expect(endOf(state.stamps, -1)).toBe(model.at(-1));
      const depths = depthsOf(state);
      for (const one of new Set(depths)) {
        expect(depths.filter((depth) => depth === one).length).toBeLessThanOrEqual(15);
      }
      if (depths.includes(3)) reached();
    }
  });
});

test("where nothing is held, nothing is asked about", () => {
  const asked = () => {
    throw new Error("asked");
  };
  expect(release(FRESH, asked)).toBe(FRESH);
});

test("nothing held is one state, whatever was held before", () => {
  const one = { count: 1, stamps: append(FRESH.stamps, 1) };
  expect(release(one, () => true)).toBe(FRESH);
  expect(release(FRESH, () => true)).toBe(FRESH);
  expect(release(one, () => false)).toBe(one);
});

test("a clock that went back stands still at the newest stamp", () => {
  const one = { count: 1, stamps: [5] };
  expect([4, 5, 6].map((now) => notBefore(one, now))).toEqual([5, 5, 6]);
  expect(notBefore(FRESH, -3)).toBe(-3);
});
