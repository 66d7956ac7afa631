import { type Millis, readState } from "@steadfast/policy";

/**
 * What `crashBudget` remembers: plain JSON, accepted under any options.
 * @since 0.1.0
 */
export interface CrashBudgetState {
  /** When the present window was opened. Null: none was. */
  readonly openedAt: Millis | null;
  /** What was counted in it: crashes, or launches. It stays at 2^53-1. */
  readonly count: number;
  /** When the last exit was, failed or not. Null: none since it was forgotten. */
  readonly exitedAt: Millis | null;
}

export const FRESH: CrashBudgetState = { openedAt: null, count: 0, exitedAt: null };

/** `next`, or `state` itself where the two say the same. */
export function unlessSame(state: CrashBudgetState, next: CrashBudgetState): CrashBudgetState {
  const same =
    state.openedAt === next.openedAt &&
    state.count === next.count &&
    state.exitedAt === next.exitedAt;
  return same ? state : next;
}

export function parseState(raw: unknown, now: Millis): CrashBudgetState {
  const read = readState(raw);
  return {
    openedAt: read.instant("openedAt", now),
    count: read.whole("count"),
    exitedAt: read.instant("exitedAt", now),
  };
}
