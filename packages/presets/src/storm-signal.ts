// The mark that running-process puts on the first refusal of a window: the reason is `spawn-storm` once
// per window, and the budget's own after that. So a caller that acts on it (rotates a token, pages somebody)
// acts once.
//
// - A healthy run and a `reset` begin again. Facts and answers are the budget's.
// - A refusal that was given is remembered: the one thing that a refusal changes here.
//
// No public policy tells the first refusal of a window from the others.

import type { CrashBudgetState } from "@steadfast/crash-budget";
import { type Millis, type RestartPolicy, readState, refuse, within } from "@steadfast/policy";

/**
 * What is remembered besides the budget's own state.
 * @since 0.1.0
 */
export interface RunningProcessSpawnState {
  /** When the window was opened whose storm was reported. Null: none was. */
  readonly toldAt: Millis | null;
  /** The state of the budget inside. */
  readonly budget: CrashBudgetState;
}

export function stormSignal(
  policy: RestartPolicy<CrashBudgetState>,
): RestartPolicy<RunningProcessSpawnState> {
  function next(state: RunningProcessSpawnState, toldAt: Millis | null, budget: CrashBudgetState) {
    return toldAt === state.toldAt && budget === state.budget ? state : { toldAt, budget };
  }

  return {
    name: `stormSignal(${policy.name})`,
    describe: {
      ...policy.describe,
      kind: "stormSignal",
      options: {},
      members: [policy.describe],
    },
    holds: { budget: policy },
    initial: () => ({ toldAt: null, budget: policy.initial() }),
    step(state, event, now) {
      const [budget, decision] = policy.step(state.budget, event, now);
      if (event.type === "healthy" || event.type === "reset")
        return [next(state, null, budget), decision];
      if (decision.type !== "refuse") return [next(state, state.toldAt, budget), decision];
      const first = state.toldAt === null || state.toldAt !== budget.openedAt;
      return [
        next(state, budget.openedAt, budget),
        first ? refuse("spawn-storm", decision.retryAfterMs) : decision,
      ];
    },
    parse(raw, now) {
      const read = readState(raw);
      return {
        toldAt: read.instant("toldAt", now),
        budget: within("budget", () => policy.parse(read.raw("budget"), now)),
      };
    },
    idle: ({ budget }, now) => policy.idle?.(budget, now) ?? false,
  };
}
