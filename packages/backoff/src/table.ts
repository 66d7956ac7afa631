import { PolicyOptionsError, readArguments } from "@steadfast/policy";
import { type DescribedCurve, describedCurve } from "./curve.js";

/**
 * The delays written out; the last one repeats forever.
 *
 * Decides: the n-th entry, or the last one where there are fewer; 0 for n < 1. Units: milliseconds,
 * each from 0 to 2^53-1, fractions allowed; they need not grow. The list is copied. Edge: exactly at
 * the last entry the repeating begins; a list of one is constant.
 * Errors: `PolicyOptionsError` for an empty list and for a bad entry, which it names.
 * Source: the probe sequence of running-process, pm2's published series.
 *
 * @since 0.1.0
 * @example
 * const curve = table([50, 100, 200]);
 * [1, 2, 3, 4].map(curve); // => [50, 100, 200, 200]
 * backoff({ curve }).describe.capMs; // => 200
 */
export function table(delaysMs: readonly number[]): DescribedCurve {
  readArguments("table", arguments, 1);
  if (!Array.isArray(delaysMs) || delaysMs.length === 0) {
    throw new PolicyOptionsError("table", "delaysMs", "an array of at least one delay", delaysMs);
  }
  const delays = delaysMs.map((ms: number, i) => {
    if (Number.isFinite(ms) && ms >= 0 && ms <= Number.MAX_SAFE_INTEGER) return ms + 0;
    throw new PolicyOptionsError("table", `delaysMs[${i}]`, "a number from 0 to 2^53-1", ms);
  });
  const last = delays.length - 1;
  return describedCurve(
    {
      kind: "table",
      options: { delaysMs: delays },
      longestMs: delays.reduce((a, b) => Math.max(a, b)),
    },
    (n) => delays[Math.min(n - 1, last)] as number,
  );
}
