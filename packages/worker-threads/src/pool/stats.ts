// What a pool counts.

import { createHistogram, type RecordableHistogram } from "node:perf_hooks";

/**
 * How long something took, in milliseconds with fractions; all 0 where nothing was measured. Percentiles are good to about
 * one part in a hundred.
 * @since 0.1.0
 */
export interface Spread {
  /** The arithmetic mean. */
  readonly mean: number;
  /** Half took at most so long. */
  readonly p50: number;
  /** 99 of 100 took at most so long. */
  readonly p99: number;
  /** The longest. */
  readonly max: number;
}

/**
 * What a pool does now, and has done since it was made.
 * @since 0.1.0
 */
export interface PoolStats {
  /** How many slots there are. */
  readonly threads: number;
  /** How many threads can be asked now. */
  readonly up: number;
  /** How many of those have nothing to do. */
  readonly idle: number;
  /** How many requests wait. */
  readonly queued: number;
  /** How many requests are with a thread, and wanted. */
  readonly inFlight: number;
  /** How many requests were made. */
  readonly requests: number;
  /** How many were answered with a value. */
  readonly completed: number;
  /** How many were answered with an error. */
  readonly failed: number;
  /** How many were withdrawn by their signal. */
  readonly aborted: number;
  /** How many were withdrawn by their time limit. */
  readonly timedOut: number;
  /** How many were lost with their thread. */
  readonly lost: number;
  /** How many were refused: the queue was full, or the pool takes nothing new. */
  readonly refused: number;
  /** How many nobody answers any more: the pool is over. */
  readonly over: number;
  /** How many could not be sent. */
  readonly unsent: number;
  /** How often a request was sent again. */
  readonly resent: number;
  /** How many threads were replaced: by plan (`uses`, `heap`), or for what they did not let go of (`withdrawn`). */
  readonly replaced: { readonly uses: number; readonly heap: number; readonly withdrawn: number };
  /** From the call to the thread. */
  readonly waitMs: Spread;
  /** From the thread to the answer. */
  readonly runMs: Spread;
}

/** How often each thing has happened. */
export const newCounts = () => ({
  requests: 0,
  completed: 0,
  failed: 0,
  aborted: 0,
  timedOut: 0,
  lost: 0,
  refused: 0,
  over: 0,
  unsent: 0,
  resent: 0,
  replaced: { uses: 0, heap: 0, withdrawn: 0 },
});

const MOST_MICROSECONDS = 2 ** 42;

export function newSpread(): RecordableHistogram {
  return createHistogram({ lowest: 1, highest: MOST_MICROSECONDS, figures: 2 });
}

/** Counts so many milliseconds. */
export function record(spread: RecordableHistogram, ms: number): void {
  spread.record(Math.min(MOST_MICROSECONDS, Math.max(1, Math.round(ms * 1_000))));
}

export function spreadOf(spread: RecordableHistogram): Spread {
  if (spread.count === 0) return { mean: 0, p50: 0, p99: 0, max: 0 };
  const { mean, max } = spread;
  const at = (percent: number) => spread.percentile(percent) / 1_000;
  return { mean: mean / 1_000, p50: at(50), p99: at(99), max: max / 1_000 };
}
