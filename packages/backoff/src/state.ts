import { type Millis, readState } from "@steadfast/policy";

/**
 * What `backoff` remembers: plain JSON, accepted under any options.
 * @since 0.1.0
 */
export interface BackoffState {
  /** What was counted since the last reset: failures, or restarts. It stays at 2^53-1. */
  readonly count: number;
  /** The instant from which the delay runs: the last exit, or its launch. Null: none since the reset. */
  readonly since: Millis | null;
  /** When the restart after that exit was first allowed. Null: not yet, or no option asks for it. */
  readonly allowedAt: Millis | null;
  /** The whole delay that was then given; 0 where no option asks for it. */
  readonly delayMs: number;
  /** The delay given before that, for `decorrelated` jitter; 0: none since the reset. */
  readonly previousMs: number;
}

export const FRESH: BackoffState = {
  count: 0,
  since: null,
  allowedAt: null,
  delayMs: 0,
  previousMs: 0,
};

/** `next`, or `state` itself where the two say the same. */
export function unlessSame(state: BackoffState, next: BackoffState): BackoffState {
  const keys = Object.keys(FRESH) as (keyof BackoffState)[];
  return keys.every((key) => state[key] === next[key]) ? state : next;
}

export function parseState(raw: unknown, now: Millis): BackoffState {
  const read = readState(raw);
  return {
    count: read.whole("count"),
    since: read.instant("since", now),
    allowedAt: read.instant("allowedAt", now),
    delayMs: read.finite("delayMs"),
    previousMs: read.finite("previousMs"),
  };
}
