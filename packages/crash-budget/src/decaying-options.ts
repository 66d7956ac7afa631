import { type PolicyDescription, PolicyOptionsError, readOptions } from "@steadfast/policy";

/**
 * The options of `decayingBudget`; all of them have defaults.
 * @since 0.1.0
 */
export interface DecayingBudgetOptions {
  /** In how long a score fades to its half, from 0 to 2^53-1 ms, fractions allowed. Default 30 000. */
  readonly halfLifeMs?: number;
  /** The highest score that does not trip: a number from 0 to 2^53-1. Default 5. */
  readonly threshold?: number;
  /** How long a pause lasts, in whole milliseconds from 0 to 2^53-1. Default 15 000. */
  readonly pauseMs?: number;
  /** What a restart gets in a pause: a refusal (`hold`, the default), or a launch at its end (`delay`). */
  readonly onTrip?: "hold" | "delay";
  /**
   * What the draw multiplies the pause by, from `low` to `high`, each from 0 to 1 000 000. Default 1.
   * Only with `delay`: a refusal's hint is exact, whatever the draw.
   */
  readonly jitter?: { readonly low: number; readonly high: number };
}

/** The options in force, checked. */
export interface DecayingSettings extends Required<DecayingBudgetOptions> {
  readonly describe: Partial<PolicyDescription>;
}

const HIGHEST_FACTOR = 1_000_000;

export function readDecaying(given: DecayingBudgetOptions): DecayingSettings {
  const read = readOptions("decayingBudget", given);
  const max = Number.MAX_SAFE_INTEGER;
  const halfLifeMs = read.finite("halfLifeMs", { max, default: 30_000 });
  const threshold = read.finite("threshold", { max, default: 5 });
  const pauseMs = read.whole("pauseMs", { default: 15_000 });
  const onTrip = read.oneOf("onTrip", ["hold", "delay"], "hold");
  const jitter = readFactors(read.raw("jitter"));
  read.end();
  if (onTrip === "hold" && (jitter.low !== 1 || jitter.high !== 1)) {
    throw new PolicyOptionsError("decayingBudget", "jitter", `left out with "hold"`, given.jitter);
  }
  const options = { halfLifeMs, threshold, pauseMs, onTrip, jitter };
  const longestMs = Math.ceil(pauseMs * jitter.high);
  const describe = {
    options,
    capMs: onTrip === "delay" ? longestMs : 0,
    timesMs: [Math.ceil(halfLifeMs), pauseMs, longestMs].filter((ms) => ms < max),
  };
  return { ...options, describe };
}

function readFactors(jitter: unknown): { readonly low: number; readonly high: number } {
  if (jitter === undefined) return { low: 1, high: 1 };
  const read = readOptions("decayingBudget: jitter", jitter as { low: number; high: number });
  const low = read.finite("low", { max: HIGHEST_FACTOR });
  const high = read.finite("high", { min: low, max: HIGHEST_FACTOR });
  read.end();
  return { low, high };
}
