import { readArguments, readOptions } from "@steadfast/policy";
import { type DescribedCurve, describedCurve } from "./curve.js";

/**
 * The option of `constant`.
 * @since 0.1.0
 */
export interface ConstantOptions {
  /** The delay in milliseconds, from 0 to 2^53-1, fractions allowed. No default. */
  readonly delayMs: number;
}

/**
 * The same delay before every restart.
 *
 * Decides: `delayMs` for n of at least 1, 0 below. Units: milliseconds. Edge: 0 is legal, no delay.
 * Errors: `PolicyOptionsError`. Source: epics-base-rs `RestartPolicy.delay`, systemd `RestartSec=`.
 *
 * @since 0.1.0
 * @example
 * const curve = constant({ delayMs: 10_000 });
 * [1, 2, 3].map(curve); // => [10_000, 10_000, 10_000]
 * backoff({ curve, jitter: "none" }).describe.capMs; // => 10_000
 */
export function constant(options: ConstantOptions): DescribedCurve {
  readArguments("constant", arguments, 1);
  const read = readOptions("constant", options);
  const delayMs = read.finite("delayMs", { max: Number.MAX_SAFE_INTEGER });
  read.end();
  return describedCurve(
    { kind: "constant", options: { delayMs }, longestMs: delayMs },
    () => delayMs,
  );
}
