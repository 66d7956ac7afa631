import { type Json, PolicyOptionsError } from "@steadfast/policy";

/**
 * What a curve is, as plain JSON.
 * @since 0.1.0
 */
export interface CurveDescription {
  /** The factory's name, such as `linear`. */
  readonly kind: string;
  /** The options in force, defaults filled in. */
  readonly options: { readonly [option: string]: Json };
  /** No delay of this curve is longer. */
  readonly longestMs: number;
}

/**
 * The delay before the `n`-th restart in a row, in milliseconds, before cap and jitter.
 *
 * `n` is whole and at least 1; the curves of this package answer 0 for anything below. Any function
 * of that shape is a curve. It must be pure. `backoff` caps what it answers, Infinity included, and
 * throws a `PolicyOptionsError` for whatever else is not a number of at least 0.
 *
 * @since 0.1.0
 * @example
 * const squares: Curve = (n) => n ** 2 * 100;
 * [1, 2, 3].map(squares); // => [100, 400, 900]
 * backoff({ curve: squares, capMs: 60_000 }).describe.capMs; // => 60_000
 */
export interface Curve {
  (n: number): number;
  /** For `describe`; the curves of this package have it. */
  readonly describe?: CurveDescription;
}

/**
 * A curve that says what it is.
 * @since 0.1.0
 */
export type DescribedCurve = Curve & {
  /** What it is, as plain JSON. */
  readonly describe: CurveDescription;
};

/** Makes a curve of a function that is asked only for whole `n` of at least 1. */
export function describedCurve(
  describe: CurveDescription,
  delay: (n: number) => number,
): DescribedCurve {
  return Object.assign((n: number) => (n < 1 ? 0 : delay(n)), { describe });
}

/** What a function of anybody's answered, if that is a number of at least 0. */
export function answered(option: string, delayMs: unknown): number {
  if (typeof delayMs === "number" && delayMs >= 0) return delayMs;
  throw new PolicyOptionsError("backoff", option, "a function to numbers of at least 0", delayMs);
}

/** The delay at a place of anybody's curve, capped. */
export function cappedDelay(curve: Curve, place: number, capMs: number): number {
  return Math.min(answered("curve", curve(place)), capMs);
}
