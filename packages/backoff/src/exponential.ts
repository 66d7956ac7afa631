// min(initialMs * factor^(n-1), capMs), at a cost that does not grow with n.

import {
  type OptionsReader,
  PolicyOptionsError,
  readArguments,
  readOptions,
} from "@steadfast/policy";
import { type DescribedCurve, describedCurve } from "./curve.js";
import { power } from "./power.js";

const INITIAL_MS = 200;
const CAP_MS = 30_000;

/**
 * The options of exponential growth; all have defaults.
 * @since 0.1.0
 */
export interface ExponentialOptions {
  /** The first delay in milliseconds, from 0 to 2^53-1, fractions allowed. Default 200. */
  readonly initialMs?: number;
  /** What each delay is multiplied by to get the next, at least 1, fractions allowed. Default 2. */
  readonly factor?: number;
  /** The longest delay, from 0 to 2^53-1. Default 30 000, or `initialMs` where that is longer. */
  readonly capMs?: number;
}

export type Exponential = Required<ExponentialOptions>;

export function readExponential(
  read: OptionsReader<ExponentialOptions>,
  defaultFactor = 2,
): Exponential {
  const max = Number.MAX_SAFE_INTEGER;
  const initialMs = read.finite("initialMs", { max, default: INITIAL_MS });
  const factor = read.finite("factor", { min: 1, default: defaultFactor });
  const capMs = read.finite("capMs", { max, default: Math.max(initialMs, CAP_MS) });
  return { initialMs, factor, capMs };
}

/** The delay for a whole `n` of at least 1. */
export function exponentialDelay(n: number, { initialMs, factor, capMs }: Exponential): number {
  // 0 times an overflown power is not a number.
  return initialMs && Math.min(initialMs * power(factor, n - 1), capMs);
}

/**
 * A delay that is multiplied by `factor` each time, as a curve of its own.
 *
 * `backoff({ initialMs, factor, capMs })` does the same without it; this one is for calling it
 * directly, and for `capFirst`.
 *
 * Decides: `min(initialMs * factor^(n-1), capMs)`, exact wherever the exact result is a whole number
 * up to 2^53; 0 for n < 1. Units: milliseconds in, milliseconds out, any unit in truth.
 * Ranges and defaults: see `ExponentialOptions`. Edges: `capMs` below `initialMs` wins; `factor` 1 is
 * constant; `initialMs` 0 stays 0. `capFirst: false` lets the first delay alone be longer than the cap.
 * Errors: `PolicyOptionsError`. Source: processmanager 0.6, processkit 0.7; `capFirst` client-go.
 *
 * @since 0.1.0
 * @example
 * const delay = exponential({ initialMs: 200, factor: 2, capMs: 30_000 });
 * [0, 1, 2, 8, 9].map(delay); // => [0, 200, 400, 25_600, 30_000]
 */
export function exponential(
  options: ExponentialOptions & {
    /** Whether the first delay is capped, too. Default true. */
    readonly capFirst?: boolean;
  } = {},
): DescribedCurve {
  readArguments("exponential", arguments, 1);
  const read = readOptions("exponential", options);
  const growth = readExponential(read);
  const capFirst = read.raw("capFirst") ?? true;
  read.end();
  if (typeof capFirst !== "boolean") {
    throw new PolicyOptionsError("exponential", "capFirst", "true or false", capFirst);
  }
  const delay = (n: number) =>
    n === 1 && !capFirst ? growth.initialMs : exponentialDelay(n, growth);
  const longestMs = Math.max(delay(1), delay(Number.MAX_SAFE_INTEGER));
  const describe = { kind: "exponential", options: { ...growth, capFirst }, longestMs };
  return describedCurve(describe, delay);
}
