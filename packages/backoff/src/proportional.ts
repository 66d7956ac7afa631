import { readArguments, readOptions } from "@steadfast/policy";
import type { Jitter } from "./jitter.js";

/**
 * The options of `proportional`.
 * @since 0.1.0
 */
export interface ProportionalOptions {
  /** The smallest factor, included: from 0 to 1 000 000. No default. */
  readonly low: number;
  /** The largest factor, from `low` to 1 000 000: approached, reached by rounding at most. No default. */
  readonly high: number;
  /**
   * `last` (default): what exceeds `capMs` is cut to it. `before-jitter`: only the delay before jitter
   * is capped, so that the delay given may come near `capMs * high`.
   */
  readonly capOrder?: "last" | "before-jitter";
}

const HIGHEST_FACTOR = 1_000_000;

/**
 * Jitter: the delay times a factor from a band.
 *
 * Decides: `delay * (low + (high - low) * draw)`, then cut to the cap unless `capOrder` says
 * otherwise. No units. Edges: a delay of 0 stays 0; `low` equal to `high` is no jitter. With `high`
 * above 1 and `capOrder: "last"`, a share of (high-1)/(high-low) of the delays at the cap is the cap
 * itself. Effect on state: none. Errors: `PolicyOptionsError`.
 * Source: processkit ([0.5, 1.5), cap before jitter), Pekko ([1, 1 + randomFactor), likewise), suture.
 *
 * @since 0.1.0
 * @example
 * const jitter = proportional({ low: 0.5, high: 1.5 });
 * [0, 0.5, 0.75].map((draw) => jitter.spread(1_000, draw, 1_200, 0)); // => [500, 1_000, 1_200]
 * backoff({ jitter }).describe.capMs; // => 30_000
 */
export function proportional(options: ProportionalOptions): Jitter {
  readArguments("proportional", arguments, 1);
  const read = readOptions("proportional", options);
  const low = read.finite("low", { max: HIGHEST_FACTOR });
  const high = read.finite("high", { min: low, max: HIGHEST_FACTOR });
  const capOrder = read.oneOf("capOrder", ["last", "before-jitter"], "last");
  read.end();
  return {
    describe: { kind: "proportional", low, high, capOrder },
    spread(delayMs, draw, capMs) {
      // Rounding must not carry the factor out of its band.
      const spread = delayMs * Math.min(low + (high - low) * draw, high);
      return capOrder === "last" ? Math.min(spread, capMs) : spread;
    },
  };
}
