import { readArguments, readOptions } from "@steadfast/policy";
import { type DescribedCurve, describedCurve } from "./curve.js";

/**
 * The options of `steps`.
 * @since 0.1.0
 */
export interface StepsOptions {
  /** The first delay in milliseconds, from 0 to 2^53-1, fractions allowed. No default. */
  readonly initialMs: number;
  /** The delay after the last step, from 0 to 2^53-1; null for none. No default. */
  readonly maxMs: number | null;
  /** In how many steps, a whole number from 0 to 2^53-1. No default. */
  readonly steps: number;
}

/**
 * From the first delay to the longest in a fixed number of steps, each the same factor.
 *
 * Decides: with i = n-1, `initialMs * (maxMs / initialMs)^(i / steps)` for i < `steps`, then `maxMs`,
 * so that the longest delay comes first at n = `steps` + 1; 0 for n < 1. Always `initialMs` where
 * there is no stepping: `steps` 0, `initialMs` 0, `maxMs` null, or `maxMs` not above `initialMs`
 * (then `initialMs` is longer than the maximum). Edge: 0 is legal for all three. Units: milliseconds.
 * Not rounded: systemd counts whole microseconds and rounds down. Errors: `PolicyOptionsError`.
 * Source: systemd `RestartSec=`, `RestartSteps=`, `RestartMaxDelaySec=`.
 *
 * @since 0.1.0
 * @example
 * const curve = steps({ initialMs: 100, maxMs: 60_000, steps: 5 });
 * [1, 2, 3, 4, 5, 6].map(curve).map(Math.floor); // => [100, 359, 1_291, 4_643, 16_692, 60_000]
 * backoff({ curve, jitter: "none" }).describe.capMs; // => 60_000
 */
export function steps(options: StepsOptions): DescribedCurve {
  readArguments("steps", arguments, 1);
  const read = readOptions("steps", options);
  const max = Number.MAX_SAFE_INTEGER;
  const initialMs = read.finite("initialMs", { max });
  const maxMs = read.raw("maxMs") === null ? null : read.finite("maxMs", { max });
  const count = read.whole("steps");
  read.end();
  const steady = count === 0 || initialMs === 0 || maxMs === null || initialMs >= maxMs;
  return describedCurve(
    {
      kind: "steps",
      options: { initialMs, maxMs, steps: count },
      longestMs: steady ? initialMs : maxMs,
    },
    (n) => {
      if (steady) return initialMs;
      return n > count ? maxMs : initialMs * (maxMs / initialMs) ** ((n - 1) / count);
    },
  );
}
