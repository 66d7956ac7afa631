import { readArguments, readOptions } from "@steadfast/policy";
import { type DescribedCurve, describedCurve } from "./curve.js";

/**
 * The options of `linear`.
 * @since 0.1.0
 */
export interface LinearOptions {
  /** The first delay in milliseconds, from 0 to 2^53-1, fractions allowed. No default. */
  readonly initialMs: number;
  /** What each delay is longer than the one before, from 0 to 2^53-1. No default. */
  readonly incrementMs: number;
}

/**
 * A delay that grows by the same amount each time, forever: give `backoff` a `capMs`.
 *
 * Decides: `initialMs + (n-1) * incrementMs`, exact while that is a whole number below 2^53; 0 for
 * n < 1. Units: milliseconds. Edges: 0 is legal for both. Errors: `PolicyOptionsError`.
 * Source: supervisord, which waits one second more after each failed start.
 *
 * @since 0.1.0
 * @example
 * const curve = linear({ initialMs: 1_000, incrementMs: 500 });
 * [1, 2, 3].map(curve); // => [1_000, 1_500, 2_000]
 * backoff({ curve, capMs: 60_000 }).describe.capMs; // => 60_000
 */
export function linear(options: LinearOptions): DescribedCurve {
  readArguments("linear", arguments, 1);
  const read = readOptions("linear", options);
  const initialMs = read.finite("initialMs", { max: Number.MAX_SAFE_INTEGER });
  const incrementMs = read.finite("incrementMs", { max: Number.MAX_SAFE_INTEGER });
  read.end();
  return describedCurve(
    {
      kind: "linear",
      options: { initialMs, incrementMs },
      longestMs: incrementMs === 0 ? initialMs : Number.MAX_SAFE_INTEGER,
    },
    (n) => initialMs + (n - 1) * incrementMs,
  );
}
