import { PolicyOptionsError } from "./errors.js";
import type { Millis } from "./policy.js";

/**
 * The door through which time enters: whole milliseconds that never go back.
 *
 * Decides: the largest reading so far, each rounded down. A clock that goes back stands still until
 * it has caught up. Effect on state: none but its own last reading.
 * Errors: `PolicyOptionsError` when the clock answers something that is not a finite number.
 *
 * @example
 * const clock = steadyClock(() => Date.now());
 * const now = clock();
 */
export function steadyClock(read: () => number): () => Millis {
  let last = Number.MIN_SAFE_INTEGER;
  return () => {
    const reading = read();
    if (!Number.isFinite(reading)) {
      throw new PolicyOptionsError(
        "steadyClock",
        "clock",
        "a function that answers a finite number",
        reading,
      );
    }
    last = Math.max(last, Math.floor(reading));
    return last;
  };
}
