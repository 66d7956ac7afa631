// The healthy budget: the first failure opens a window of `windowMs`; in it `retries` failures are
// retried, `delayMs` after the exit, and a restart after one more is refused until its end. Exits that
// did not fail cost nothing. Health and a reset forgive.

import {
  launch,
  type Millis,
  type RestartPolicy,
  type RestartPolicyDefinition,
  readOptions,
  readState,
  refuse,
  restartPolicy,
} from "@steadfast/policy";

/**
 * Options of the museum's budgets.
 * @since 0.1.0
 */
export interface BudgetOptions {
  /** How many failures are retried in a window, a whole number from 0 to 2^53-1. Default 1. */
  readonly retries?: number;
  /** From the first failure to the end of the window, a whole number from 0 to 2^53-1. Default 30 000. */
  readonly windowMs?: number;
  /** From an exit to its retry, a whole number from 0 to 2^53-1. Default 250. */
  readonly delayMs?: number;
}

/** When the window was opened, how many failed in it, when the last exit was. */
export interface BudgetState {
  readonly openedAt: Millis | null;
  readonly failures: number;
  readonly exitedAt: Millis | null;
}

export type FilledBudget = Required<BudgetOptions>;
export type BudgetParts = RestartPolicyDefinition<BudgetState>;

export const FRESH: BudgetState = { openedAt: null, failures: 0, exitedAt: null };

export function budgetOptions(options: BudgetOptions = {}): FilledBudget {
  const read = readOptions("budget", options);
  const filled = {
    retries: read.whole("retries", { default: 1 }),
    windowMs: read.whole("windowMs", { default: 30_000 }),
    delayMs: read.whole("delayMs", { default: 250 }),
  };
  read.end();
  return filled;
}

/** How long ago; 0 when the clock went back, and longer than anything for what never was. */
export function ageOf(at: Millis | null, now: Millis): number {
  return at === null ? Number.POSITIVE_INFINITY : Math.max(0, now - at);
}

/** `next`, or `state` itself where the two say the same. */
export function unlessSame(state: BudgetState, next: BudgetState): BudgetState {
  const { openedAt, failures, exitedAt } = next;
  const same =
    state.openedAt === openedAt && state.failures === failures && state.exitedAt === exitedAt;
  return same ? state : next;
}

/** The state with one more failure, in a new window if the old one has ended. */
export function spend(state: BudgetState, now: Millis, windowMs: number): BudgetState {
  if (ageOf(state.openedAt, now) >= windowMs) return { ...state, openedAt: now, failures: 1 };
  return { ...state, failures: Math.min(state.failures + 1, Number.MAX_SAFE_INTEGER) };
}

export function budgetParts({ retries, windowMs, delayMs }: FilledBudget): BudgetParts {
  return {
    name: "budget",
    describe: {
      kind: "budget",
      options: { retries, windowMs, delayMs },
      timesMs: [windowMs, delayMs],
    },
    initial: () => FRESH,
    exited(state, { failed }, now) {
      const spent = failed ? spend(state, now, windowMs) : state;
      return unlessSame(state, { ...spent, exitedAt: now });
    },
    healthy: (state) => unlessSame(state, FRESH),
    launch(state, { cause }, now) {
      if (cause !== "restart") return [state, launch()];
      const leftMs = windowMs - ageOf(state.openedAt, now);
      if (leftMs > 0 && state.failures > retries) return [state, refuse("budget-spent", leftMs)];
      return [state, launch(Math.max(0, delayMs - ageOf(state.exitedAt, now)))];
    },
    parse(raw, now) {
      const read = readState(raw);
      return {
        openedAt: read.instant("openedAt", now),
        failures: read.whole("failures"),
        exitedAt: read.instant("exitedAt", now),
      };
    },
    idle: ({ openedAt, exitedAt }, now) => exitedAt === null && ageOf(openedAt, now) >= windowMs,
  };
}

/** The healthy budget. */
export function budget(options?: BudgetOptions): RestartPolicy<BudgetState> {
  return restartPolicy(budgetParts(budgetOptions(options)));
}
