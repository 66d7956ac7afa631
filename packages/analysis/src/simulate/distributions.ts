// What a world can be made of. Each answers a sampler; any function of that shape will do.

import { PolicyOptionsError, readArguments, readOptions } from "@steadfast/policy";
import type { Sampler } from "./life.js";

/**
 * Makes every life of a simulated child `ms` milliseconds long.
 *
 * Pure. Errors: `PolicyOptionsError` unless `ms` is a finite number of at least 0.
 *
 * @since 0.1.0
 * @param ms the life, from 0; fractions are rounded up by `simulate`.
 * @example
 * fixed(900)(1, () => 0.5); // => 900
 */
export function fixed(ms: number): Sampler<number> {
  readArguments("fixed", arguments, 1);
  const life = readOptions("fixed", { ms }).finite("ms");
  return () => life;
}

/**
 * Makes the lives of a simulated child anything from `lowMs` to `highMs`, all equally likely.
 *
 * Pure. Errors: `PolicyOptionsError` unless both are finite, at least 0, and in that order.
 *
 * @since 0.1.0
 * @param lowMs the shortest life, from 0, included.
 * @param highMs the longest, from `lowMs`, not reached unless it is `lowMs`.
 * @example
 * uniform(100, 200)(1, () => 0.5); // => 150
 */
export function uniform(lowMs: number, highMs: number): Sampler<number> {
  readArguments("uniform", arguments, 2);
  const read = readOptions("uniform", { lowMs, highMs });
  const low = read.finite("lowMs");
  const high = read.finite("highMs", { min: low });
  return (_, random) => low + (high - low) * random();
}

/**
 * Makes the lives of a simulated child those of one that is as likely to die now as at any time before: the
 * exponential distribution.
 *
 * Pure. Errors: `PolicyOptionsError` unless `meanMs` is a finite number of at least 0. With 0 every life
 * is 0.
 *
 * @since 0.1.0
 * @param meanMs the mean life, from 0.
 * @example
 * Math.round(exponential(1_000)(1, () => 0.5)); // => 693
 */
export function exponential(meanMs: number): Sampler<number> {
  readArguments("exponential", arguments, 1);
  const mean = readOptions("exponential", { meanMs }).finite("meanMs");
  return (_, random) => -mean * Math.log1p(-random());
}

/**
 * One of several values, each as likely as its weight says: causes of death, or lives of two kinds.
 *
 * Pure. Errors: `PolicyOptionsError` unless there is a choice with a weight above 0, and no weight is
 * negative or not finite.
 *
 * @since 0.1.0
 * @param choices the values and their weights; a weight of 0 is never taken.
 * @example
 * const exit = oneOf([
 *   { weight: 9, value: { kind: "failed", code: 1 } },
 *   { weight: 1, value: { kind: "completed" } },
 * ]);
 * exit(1, () => 0.95).kind; // => "completed"
 */
export function oneOf<const Value>(
  choices: readonly { readonly weight: number; readonly value: Value }[],
): Sampler<Value> {
  readArguments("oneOf", arguments, 1);
  for (const { weight } of choices) readOptions("oneOf", { weight }).finite("weight");
  const total = choices.reduce((sum, { weight }) => sum + weight, 0);
  const last = choices.findLast(({ weight }) => weight > 0);
  if (!last || !Number.isFinite(total)) {
    throw new PolicyOptionsError("oneOf", "choices", "values, one with a weight above 0", choices);
  }
  return (_, random) => {
    let left = random() * total;
    for (const { weight, value } of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    return last.value;
  };
}
