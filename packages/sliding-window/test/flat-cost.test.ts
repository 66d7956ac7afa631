// What a step costs, counted and not timed: the fields and elements of every object and array of the
// new state that no state before it had. Whatever is shared by reference costs nothing.

import { expect, test } from "vitest";
import { slidingWindow } from "../src/index.js";
import type { SlidingWindowState } from "../src/stamps.js";
import { restart } from "./events.js";
import { heldStamps } from "./held-stamps.js";

/** The most that any one step may copy, at any limit. */
const WORST = 64;
/** The most that a step may copy on the average. */
const USUAL = 30;

/** Counts what is new in a state, and remembers it. */
function copied(part: unknown, known: WeakSet<object>): number {
  if (typeof part !== "object" || part === null || known.has(part)) return 0;
  known.add(part);
  const parts = Object.values(part);
  return parts.length + parts.reduce<number>((sum, inner) => sum + copied(inner, known), 0);
}

const windowMs = 1_000_000;

test.each([10, 1000, 100_000])(
  "a step under limit %i copies a bounded number of elements",
  (limit) => {
    const policy = slidingWindow({ limit, windowMs });
    const known = new WeakSet<object>();
    const every = Math.floor(windowMs / limit);
    let state = policy.initial();
    let worst = 0;
    let sum = 0;
    let steps = 0;

    function step(now: number): void {
      const [next] = policy.step(state, restart, now);
      const cost = copied(next, known);
      worst = Math.max(worst, cost);
      sum += cost;
      steps++;
      state = next;
    }

    copied(state, known);
    let now = 0;
    for (; now < windowMs; now += every) step(now); // fills up
    expect(state.count).toBe(limit);
    for (let i = 0; i < 100; i++) step(windowMs - 1); // full: refuses
    for (let i = 0; i < 20_000; i++, now += every) step(now); // slides: one out, one in
    expect(state.count).toBe(limit);
    expect(heldStamps(state)).toHaveLength(limit);
    expect(worst).toBeLessThanOrEqual(WORST);
    expect(sum / steps).toBeLessThanOrEqual(USUAL);
  },
);

test.each([10, 1000, 100_000])(
  "a step in which any share of %i slots expires copies no more",
  (limit) => {
    const policy = slidingWindow({ limit, windowMs });
    let full = policy.initial();
    let older: SlidingWindowState = full;
    for (let now = 0; now < limit; now++) {
      older = full;
      full = policy.step(full, restart, now)[0];
    }
    const shares = [
      1, 7, 8, 9, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 32_767, 32_768, 32_769,
    ];
    for (const from of [older, full]) {
      for (const expired of [...shares, limit >> 1, limit - 9, limit - 8, limit - 1, limit]) {
        if (expired < 1 || expired > from.count) continue;
        const known = new WeakSet<object>();
        copied(from, known);
        const [next] = policy.step(from, restart, windowMs + expired - 1);
        expect(next.count).toBe(from.count - expired + 1);
        expect(copied(next, known)).toBeLessThanOrEqual(WORST);
        expect(heldStamps(next)).toHaveLength(next.count);
      }
    }
  },
);

test("a refusal of a full window copies nothing", () => {
  const policy = slidingWindow({ limit: 1000, windowMs });
  let state = policy.initial();
  for (let now = 0; now < 1000; now++) state = policy.step(state, restart, now)[0];
  expect(policy.step(state, restart, 1000)[0]).toBe(state);
});
