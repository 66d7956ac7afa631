import { readArguments, readOptions } from "@steadfast/policy";
import type { Jitter } from "./jitter.js";

/**
 * The option of `decorrelated`.
 * @since 0.1.0
 */
export interface DecorrelatedOptions {
  /** What the previous delay is multiplied by to get the longest next one: at least 1. Default 3. */
  readonly times?: number;
}

/**
 * Jitter: from the delay d of the curve to a multiple of the delay given before, instead of a place
 * on a curve.
 *
 * Decides: `d + (times * previous - d) * draw`, cut to the cap; `previous` is d where there was none
 * or a shorter one. Under this jitter `factor` is 1 by default, so that d is `initialMs`, as it is in
 * the source. No units. Edges: d of 0 and no previous delay stay 0; d at the cap is the cap.
 * Where the previous delay was the cap, the delay is the cap again in about two of three cases: the
 * other jitters keep their whole spread there.
 * Effect on state: the delay given is remembered. Errors: `PolicyOptionsError`.
 * Source: M. Brooker's article for AWS, "Exponential Backoff And Jitter".
 *
 * @since 0.1.0
 * @example
 * const jitter = decorrelated();
 * jitter.spread(100, 0.5, 20_000, 0); // => 200
 * jitter.spread(100, 0.5, 20_000, 200); // => 350
 * backoff({ initialMs: 100, capMs: 20_000, jitter }).describe.capMs; // => 20_000
 */
export function decorrelated(options: DecorrelatedOptions = {}): Jitter {
  readArguments("decorrelated", arguments, 1);
  const read = readOptions("decorrelated", options);
  const times = read.finite("times", { min: 1, default: 3 });
  read.end();
  return {
    describe: { kind: "decorrelated", times },
    spread(delayMs, draw, capMs, previousMs) {
      // Finite, so that it can be multiplied by a draw of 0.
      const highest = Math.min(times * Math.max(delayMs, previousMs), Number.MAX_VALUE);
      return Math.min(delayMs + (highest - delayMs) * draw, capMs);
    },
    looksBack: true,
  };
}
