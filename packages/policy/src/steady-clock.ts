import { PolicyOptionsError } from "./errors.js";
import type { Millis } from "./policy.js";

/**
 * The door through which time enters: whole milliseconds that never go back.
 *
 * Decides: the largest reading so far, each rounded down. A clock that goes back stands still until
 * it has caught up. Units: milliseconds, or whatever the policy's options are in. Range: readings that
 * round down to a whole number from -(2^53-1) to 2^53-1. Effect on state: none but its own last
 * reading, which a bad reading leaves as it was.
 * Errors: `PolicyOptionsError` when the clock answers anything else.
 *
 * @since 0.1.0
 * @example
 * const readings = [10.9, 7, 12];
 * const clock = steadyClock(() => readings.shift() ?? 0);
 * [clock(), clock(), clock()]; // => [10, 10, 12]
 */
export function steadyClock(read: () => number): () => Millis {
  let last = Number.MIN_SAFE_INTEGER;
  return () => {
    last = Math.max(last, wholeMillis("steadyClock", "clock", read()));
    return last;
  };
}

/** A reading of a clock, rounded down; never -0. Throws `PolicyOptionsError` beyond 2^53-1. */
export function wholeMillis(owner: string, option: string, reading: number): Millis {
  const whole = Math.floor(reading) + 0;
  if (Number.isSafeInteger(whole)) return whole;
  const allowed = "a function that answers a number of milliseconds within 2^53-1";
  throw new PolicyOptionsError(owner, option, allowed, reading);
}
