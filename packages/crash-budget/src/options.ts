import { type PolicyDescription, readOptions } from "@steadfast/policy";

/**
 * The options of `crashBudget`; all of them have defaults.
 * @since 0.1.0
 */
export interface CrashBudgetOptions {
  /** How many crashes are retried in a window, a whole number from 0 to 2^53-1. Default 1. */
  readonly retries?: number;
  /** How long a window lasts, in whole milliseconds from 0 to 2^53-1. Default 30 000. */
  readonly windowMs?: number;
  /** How long a restart waits after the exit, from 0 to 2^53-1, fractions allowed. Default 250. */
  readonly retryDelayMs?: number;
  /**
   * What spends the budget. `failures` (default): exits that failed. `launches`: launches of any
   * cause; a window then holds the launch that opened it and `retries` more.
   */
  readonly counts?: "failures" | "launches";
  /**
   * Whether a window still lasts when exactly `windowMs` have passed. `half-open` (default): no.
   * `closed`: yes, so that it is one millisecond longer; `windowMs` is then at most
   * 2^53-2.
   */
  readonly edge?: "half-open" | "closed";
  /**
   * What a healthy run does. `forget` (default): there is no window any more. `re-anchor`: a window
   * with nothing in it begins at that instant. `ignore`: only time ends a window.
   */
  readonly onHealthy?: "forget" | "re-anchor" | "ignore";
}

/** The options in force, checked. */
export interface Settings {
  readonly retries: number;
  /** How long a window lasts, the edge included. */
  readonly lastsMs: number;
  readonly retryDelayMs: number;
  readonly counts: "failures" | "launches";
  readonly onHealthy: "forget" | "re-anchor" | "ignore";
  readonly describe: Partial<PolicyDescription>;
}

export function readSettings(given: CrashBudgetOptions): Settings {
  const read = readOptions("crashBudget", given);
  const edge = read.oneOf("edge", ["half-open", "closed"], "half-open");
  const closedMs = edge === "closed" ? 1 : 0;
  const max = Number.MAX_SAFE_INTEGER;
  const retries = read.whole("retries", { default: 1 });
  const windowMs = read.whole("windowMs", { max: max - closedMs, default: 30_000 });
  const retryDelayMs = read.finite("retryDelayMs", { max, default: 250 });
  const counts = read.oneOf("counts", ["failures", "launches"], "failures");
  const onHealthy = read.oneOf("onHealthy", ["forget", "re-anchor", "ignore"], "forget");
  read.end();
  const options = { retries, windowMs, retryDelayMs, counts, edge, onHealthy };
  const capMs = Math.ceil(retryDelayMs);
  const describe = { options, windowMs, capMs, timesMs: [windowMs, capMs] };
  return {
    retries,
    lastsMs: windowMs + closedMs,
    retryDelayMs,
    counts,
    onHealthy,
    describe,
  };
}
