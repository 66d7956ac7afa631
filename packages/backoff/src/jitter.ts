// How a draw spreads a delay. The three words are bands of factors up to 1; `proportional` and
// `decorrelated` are functions, so that they can be left out of a bundle.

import { type Json, PolicyOptionsError } from "@steadfast/policy";

/**
 * How a delay d, already capped, is spread by a draw u in [0, 1).
 *
 * - `none`: d.
 * - `full`: d * u, from 0 to d.
 * - `equal`: d/2 + d/2 * u, from d/2 to d.
 * - `proportional({ low, high })`: d times a factor from `low` to `high`.
 * - `decorrelated()`: from d to a multiple of the previous delay.
 *
 * Since d is capped before, `full` and `equal` keep their spread at the cap and never exceed it.
 * Source: M. Brooker's article for AWS, "Exponential Backoff And Jitter".
 *
 * @since 0.1.0
 */
export type JitterOption = "none" | "full" | "equal" | Jitter;

/**
 * A jitter as a pure function, with what `backoff` must know about it.
 * @since 0.1.0
 */
export interface Jitter {
  /** For `describe`: what it is, as plain JSON. */
  readonly describe: Json;
  /**
   * The delay to wait, finite and at least 0; for another answer, Infinity apart, `backoff` throws a
   * `PolicyOptionsError`.
   * @param delayMs the delay at this place, at most `capMs`.
   * @param draw in [0, 1); once, by the factory, 1: that is the longest delay.
   * @param capMs the cap in force.
   * @param previousMs the delay given before the previous restart; 0 if there was none.
   */
  spread(delayMs: number, draw: number, capMs: number, previousMs: number): number;
  /** Whether `previousMs` is used. Then `factor` is 1 by default. */
  readonly looksBack?: boolean;
}

const LOWEST: { readonly [word: string]: number } = { none: 1, full: 0, equal: 0.5 };

export function readJitter(jitter: unknown = "full"): Jitter {
  const low = typeof jitter === "string" && LOWEST[jitter];
  if (typeof low === "number") {
    const spread = (delayMs: number, draw: number) => delayMs * (low + (1 - low) * draw);
    return { describe: jitter as string, spread };
  }
  if (typeof (jitter as Jitter | null)?.spread === "function") return jitter as Jitter;
  throw new PolicyOptionsError("backoff", "jitter", "none, full, equal or a jitter", jitter);
}
