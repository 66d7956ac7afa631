// At the cap the delays are still spread as configured, and none exceeds it.
//
// 2 000 draws of a generator fall into 16 equal parts of the band; chi-squared with 15 degrees of
// freedom is above 75.7 with a probability of 1e-9, so a seed fails by chance once in 1e9.

import fc from "fast-check";
import { expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { backoff, decorrelated, type JitterOption, proportional } from "../src/index.js";
import { ask, counted, crash, delayOf } from "./events.js";

const PARTS = 16;
const DRAWS = 2_000;
const CRITICAL = 75.7;
const CAP_MS = 30_000;

/** A small generator of good quality (mulberry32): the n-th call depends on the seed only. */
function generator(seed: number): () => number {
  let word = seed | 0;
  return () => {
    word = (word + 0x6d2b79f5) | 0;
    let hash = Math.imul(word ^ (word >>> 15), 1 | word);
    hash = (hash + Math.imul(hash ^ (hash >>> 7), 61 | hash)) ^ hash;
    return ((hash ^ (hash >>> 14)) >>> 0) / 2 ** 32;
  };
}

function chiSquared(values: readonly number[], low: number, high: number): number {
  const parts = Array<number>(PARTS).fill(0);
  for (const value of values) {
    const part = Math.min(PARTS - 1, Math.floor(((value - low) / (high - low)) * PARTS));
    parts[part] = (parts[part] ?? Number.NaN) + 1;
  }
  const expected = values.length / PARTS;
  return parts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function delaysAtCap(jitter: JitterOption, seed: number): readonly number[] {
  const policy = backoff({ initialMs: 200, factor: 2, capMs: CAP_MS, jitter });
  const draw = generator(seed);
  const state = counted(policy, 1_000);
  return Array.from({ length: DRAWS }, () => delayOf(policy, state, 0, draw()));
}

test.each([
  ["full", 0, CAP_MS],
  ["equal", CAP_MS / 2, CAP_MS],
] as const)("%s jitter is uniform at the cap", (jitter, low, high) => {
  law(fc.integer(), (seed, reached) => {
    const delays = delaysAtCap(jitter, seed);
    expect(Math.max(...delays)).toBeLessThanOrEqual(CAP_MS);
    expect(chiSquared(delays, low, high)).toBeLessThan(CRITICAL);
    expect(new Set(delays).size).toBeGreaterThan(DRAWS / 2);
    reached();
  });
});

test("the test sees a jitter that piles up: no spread, and a spread of half the band", () => {
  expect(chiSquared(delaysAtCap("none", 1), 0, CAP_MS)).toBeGreaterThan(CRITICAL);
  expect(chiSquared(delaysAtCap("equal", 1), 0, CAP_MS)).toBeGreaterThan(CRITICAL);
});

test("a proportional band that lies below the cap is uniform there", () => {
  law(fc.integer(), (seed, reached) => {
    const delays = delaysAtCap(proportional({ low: 0.8, high: 1 }), seed);
    expect(chiSquared(delays, 0.8 * CAP_MS, CAP_MS)).toBeLessThan(CRITICAL);
    reached();
  });
});

test("a decorrelated one is uniform over what the cap leaves of it, a third where it stands", () => {
  law(fc.integer(), (seed, reached) => {
    const policy = backoff({ initialMs: 0.001, capMs: CAP_MS, jitter: decorrelated() });
    const draw = generator(seed);
    const atCap = {
      ...counted(policy, 9),
      previousMs: CAP_MS,
    };
    const delays = Array.from({ length: DRAWS }, () => delayOf(policy, atCap, 0, draw()));
    const below = delays.filter((delayMs) => delayMs < CAP_MS);
    expect(Math.max(...delays)).toBeLessThanOrEqual(CAP_MS);
    expect(chiSquared(below, 0, CAP_MS)).toBeLessThan(CRITICAL);
    // The share is 1/3 with a standard deviation of 0.0105; 0.07 is 6.6 of them.
    expect(Math.abs(below.length / DRAWS - 1 / 3)).toBeLessThan(0.07);
    reached();
  });
});

test("siblings that crash at one instant and draw for themselves do not return at one instant", () => {
  law(fc.integer(), (seed, reached) => {
    const policy = backoff();
    const draw = generator(seed);
    const [state] = policy.step(policy.initial(), crash(), 0);
    const returns = Array.from(
      { length: 100 },
      () => policy.step(state, ask("restart", draw()), 0)[1],
    );
    const instants = returns.map((r) => (r.type === "launch" ? Math.ceil(r.delayMs) : -1));
    expect(new Set(instants).size).toBeGreaterThan(50);
    reached();
  });
});
