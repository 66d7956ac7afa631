import { PolicyOptionsError } from "./errors.js";
import type { AnyExit } from "./exit-view.js";
import { readArguments } from "./read-arguments.js";
import { readState } from "./read-state.js";
import { launch, type RestartPolicy, refuse } from "./restart.js";
import { restartPolicy } from "./restart-policy.js";
import { verdict } from "./verdict.js";

/**
 * How many results there were, and whether the last exit was one that ends it.
 * @since 0.1.0
 */
export interface StopWhenState {
  /** How many exits were results, since the last `reset`; it stays at 2^53-1. */
  readonly results: number;
  /** The predicate's answer to the last exit; null after a launch, or where it was not asked. */
  readonly stop: boolean | null;
}

const FRESH: StopWhenState = { results: 0, stop: null };

/**
 * Refuses a restart for good, with the reason `stop-when`, when the last exit was what was waited for.
 *
 * Decides: `predicate` is called once per exit that was a result, that is, for every kind but
 * `spawn-failed` and `cancelled`, with the exit and its ordinal: 1 for the first result, however many
 * attempts had none. Its answer holds for the restart that follows; `start` and `operator` pass.
 * It must be pure: called with the same arguments it gives the same answer, also in a replay, where
 * the exit is its bounded record.
 * No units. No default. Edge: after an exit that was no result, or none at all, a restart launches.
 * Effect on state: a result is counted and the answer remembered until the next admitted launch; the
 * count lasts until a `reset`, which forgets both, and stands still at 2^53-1.
 * Errors: `PolicyOptionsError` if `predicate` is not a function, and from `step` if it is async; whatever
 * the predicate throws, with the state as it was.
 * Source: processkit `Supervisor::stop_when`, asked before the policy and the budget.
 *
 * Precedence, in the order of `allOf`: `stopWhen`, `restartOn`, `giveUpOn`, what counts.
 *
 * @since 0.1.0
 * @example
 * const child = cell(stopWhen((exit) => exit.kind === "completed"), {
 *   clock: () => 0,
 *   random: () => 0,
 * });
 * child.send({ type: "exited", exit: { kind: "completed" }, failed: false, uptimeMs: 9 });
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "stop-when", retryAfterMs: null }
 */
export function stopWhen(
  predicate: (exit: AnyExit, ordinal: number) => boolean,
): RestartPolicy<StopWhenState> {
  readArguments("stopWhen", arguments, 1);
  if (typeof predicate !== "function") {
    throw new PolicyOptionsError("stopWhen", "predicate", "a function", predicate);
  }
  return restartPolicy<StopWhenState>({
    name: "stopWhen",
    initial: () => FRESH,
    exited(state, { exit }) {
      if (exit.kind === "spawn-failed" || exit.kind === "cancelled") {
        return state.stop === null ? state : { ...state, stop: null };
      }
      const results = Math.min(state.results + 1, Number.MAX_SAFE_INTEGER);
      return { results, stop: verdict("stopWhen", predicate(exit, results)) };
    },
    launch(state, { cause }) {
      if (cause === "restart" && state.stop) return [state, refuse("stop-when", null)];
      return [state.stop === null ? state : { ...state, stop: null }, launch()];
    },
    parse(raw) {
      const read = readState(raw);
      return { results: read.whole("results"), stop: read.oneOf("stop", [true, false, null]) };
    },
    idle: (state) => state.results === 0 && state.stop === null,
  });
}
