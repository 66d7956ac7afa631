import { PolicyOptionsError } from "./errors.js";
import type { Millis } from "./policy.js";

const ALLOWED = "a function that answers a number of milliseconds within 2^53-1";

/**
 * Makes a clock of a reading: whole milliseconds that never go back.
 *
 * Decides: the largest reading so far, each rounded down. A clock that goes back stands still until
 * it has caught up. Units: milliseconds, or whatever the policy's options are in. Range: readings that
 * round down to a whole number from -(2^53-1) to 2^53-1. Effect on state: none but its own last
 * reading, which a bad reading leaves as it was.
 * Errors: `PolicyOptionsError` if `read` is no function, and when it answers anything else.
 *
 * @since 0.1.0
 * @example
 * const readings = [10.9, 7, 12];
 * const clock = steadyClock(() => readings.shift() ?? 0);
 * [clock(), clock(), clock()]; // => [10, 10, 12]
 */
export function steadyClock(read: () => number): () => Millis {
  return steadyClockOf("steadyClock", read);
}

/** The same for another door, which its errors name. */
export function steadyClockOf(owner: string, read: () => number): () => Millis {
  if (typeof read !== "function") throw new PolicyOptionsError(owner, "clock", ALLOWED, read);
  let last = Number.MIN_SAFE_INTEGER;
  return () => {
    last = Math.max(last, wholeMillis(owner, "clock", read()));
    return last;
  };
}

/** A reading of a clock, rounded down; never -0. Throws `PolicyOptionsError` beyond 2^53-1. */
export function wholeMillis(owner: string, option: string, reading: unknown): Millis {
  const whole = Math.floor(millisOf(reading)) + 0;
  if (Number.isSafeInteger(whole)) return whole;
  throw new PolicyOptionsError(owner, option, ALLOWED, reading);
}

/** A number as it is, a date as its instant, and NaN for anything else, such as `hrtime.bigint()`. */
function millisOf(reading: unknown): number {
  if (typeof reading === "number") return reading;
  const date = reading as { readonly getTime?: unknown } | null | undefined;
  return typeof date?.getTime === "function" ? Number(date.getTime()) : Number.NaN;
}
