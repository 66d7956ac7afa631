// The shared tree of stamps against a plain array, at sizes where blocks are nested three levels deep.

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  add,
  countExpired,
  drop,
  FRESH,
  type Part,
  type SlidingWindowState,
  stampAt,
} from "../src/stamps.js";
import { heldStamps, storedStamps } from "./held-stamps.js";
import { law } from "./law.js";

type Move = { readonly add: number } | { readonly drop: number };

const size = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 40 }), weight: 4 },
  { arbitrary: fc.constantFrom(15, 16, 17, 255, 256, 257, 272), weight: 4 },
  { arbitrary: fc.integer({ min: 1000, max: 5000 }), weight: 1 },
);

const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    size.map((many) => ({ add: many })),
    size.map((many) => ({ drop: many })),
  ),
  { minLength: 6, maxLength: 20, size: "max" },
);

/** How deep each block is nested: 1 for 16 stamps, 2 for 16 such blocks ... every one of them full. */
function depthsOf({ cold }: SlidingWindowState): readonly number[] {
  function depth(part: Part): number {
    if (typeof part === "number") return 0;
    expect(part).toHaveLength(16);
    const depths = new Set(part.map(depth));
    expect(depths.size).toBe(1);
    return 1 + Math.max(...depths);
  }
  return cold.map(depth);
}

test("adding, dropping and looking agree with an array", () => {
  law(moves, (made, reached) => {
    let state = FRESH;
    let model: number[] = [];
    let next = 0;
    for (const move of made) {
      if ("add" in move) {
        for (let i = 0; i < move.add; i++) {
          state = add(state, next);
          model.push(next);
          next += 2;
        }
      } else {
        const many = Math.min(move.drop, model.length);
        state = drop(state, many);
        model = model.slice(many);
      }
      expect(state.count).toBe(model.length);
      expect(heldStamps(state)).toEqual(model);
      expect(storedStamps(state).length).toBeLessThanOrEqual(model.length + 15);
      for (const part of [0, 0.1, 0.5, 0.9, 0.999]) {
        const index = Math.floor(part * model.length);
        if (index >= model.length) continue;
        const stamp = model[index] as number;
        expect(stampAt(state, index)).toBe(stamp);
        expect(countExpired(state, stamp + 100, 100)).toBe(index + 1);
        expect(countExpired(state, stamp + 99, 100)).toBe(index);
      }
      const depths = depthsOf(state);
      for (const size of [1, 2, 3, 4, 5]) {
        expect(depths.filter((depth) => depth === size).length).toBeLessThanOrEqual(31);
      }
      if (depths.includes(3)) reached();
    }
  });
});

test("nothing held is one state, whatever was held before", () => {
  expect(drop(add(add(FRESH, 1), 2), 2)).toBe(FRESH);
  expect(drop(FRESH, 0)).toBe(FRESH);
});
