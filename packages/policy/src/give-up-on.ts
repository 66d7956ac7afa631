import { PolicyOptionsError } from "./errors.js";
import type { AnyExit } from "./exit-view.js";
import { readArguments } from "./read-arguments.js";
import { readState } from "./read-state.js";
import { launch, type RestartPolicy, refuse } from "./restart.js";
import { restartPolicy } from "./restart-policy.js";
import { verdict } from "./verdict.js";

/**
 * What is remembered of the last failure.
 * @since 0.1.0
 */
export interface GiveUpOnState {
  /** What the predicate said about it; null when there is nothing to say. */
  readonly permanent: boolean | null;
}

const VERDICTS = [true, false, null] as const;
const FRESH: GiveUpOnState = { permanent: null };

/**
 * Refuses a restart for good, with the reason `given-up`, after a failure that no restart will fix.
 *
 * Decides: `predicate` is called once per exit that failed, a `spawn-failed` one included, with the
 * exit; true means permanent. Its answer holds for the restart that follows; `start` and `operator`
 * pass. It must be pure: called with the same exit it gives the same answer, also in a replay, where
 * the exit is its bounded record (the live error's `code` is kept there, its class is not).
 * No units. No default. Edge: after an exit that did not fail, or none at all, a restart launches.
 * Effect on state: the answer is remembered until the next exit, admitted launch or `reset`.
 * Errors: `PolicyOptionsError` if `predicate` is not a function, and from `step` if it is async; whatever
 * the predicate throws, with the state as it was.
 * Source: processkit `give_up_when`, asked after the predicate and the policy, before the budget.
 *
 * Precedence, in the order of `allOf`: `stopWhen`, `restartOn`, `giveUpOn`, what counts.
 *
 * @since 0.1.0
 * @example
 * const child = cell(giveUpOn((exit) => exit.kind === "spawn-failed"), {
 *   clock: () => 0,
 *   random: () => 0,
 * });
 * const exit = { kind: "spawn-failed", error: new Error("spawn x ENOENT") } as const;
 * child.send({ type: "exited", exit, failed: true, uptimeMs: 0 });
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "given-up", retryAfterMs: null }
 */
export function giveUpOn(predicate: (exit: AnyExit) => boolean): RestartPolicy<GiveUpOnState> {
  readArguments("giveUpOn", arguments, 1);
  if (typeof predicate !== "function") {
    throw new PolicyOptionsError("giveUpOn", "predicate", "a function", predicate);
  }
  return restartPolicy<GiveUpOnState>({
    name: "giveUpOn",
    initial: () => FRESH,
    exited(state, { exit, failed }) {
      const permanent = failed ? verdict("giveUpOn", predicate(exit)) : null;
      return permanent === state.permanent ? state : { permanent };
    },
    launch(state, { cause }) {
      if (cause === "restart" && state.permanent) return [state, refuse("given-up", null)];
      return [state.permanent === null ? state : FRESH, launch()];
    },
    parse: (raw) => ({ permanent: readState(raw).oneOf("permanent", VERDICTS) }),
    idle: (state) => state.permanent === null,
  });
}
