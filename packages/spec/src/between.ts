// A band of factors as JSON: `{ "between": [0.5, 1.5] }`, its two ends in either order. (A schema cannot say
// that one number is not below another; so there is no wrong order.)

import { type Json, readOptions } from "@steadfast/policy";

/** The largest factor, as the factories have it. */
export const HIGHEST_FACTOR = 1_000_000;

interface Between {
  readonly between: readonly [number, number];
}

const ALLOWED = `an array of two numbers from 0 to ${HIGHEST_FACTOR}`;

function isBand(value: unknown): boolean {
  const isFactor = (one: unknown) => typeof one === "number" && one >= 0 && one <= HIGHEST_FACTOR;
  return Array.isArray(value) && value.length === 2 && value.every(isFactor);
}

/** The band of `options`, and whatever else they have. */
export function bandOf<Options extends Between>(owner: string, { ...options }: Options) {
  const read = readOptions<Between>(owner, options);
  const [one, other] = read.checked<Between["between"]>("between", ALLOWED, isBand);
  const { between: _, ...others } = options;
  return { ...others, low: Math.min(one, other), high: Math.max(one, other) };
}

/** A description with `low` and `high`, as JSON has it. */
export function between({ low, high, ...others }: { readonly [key: string]: Json }) {
  return { between: [low ?? null, high ?? null], ...others } as { readonly [key: string]: Json };
}
