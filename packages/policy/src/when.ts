// Decisions by cause: a policy that hears and answers only for the exits of one kind.
//
// - The predicate is called once per exit, and its answer is kept until the next exit or a `reset`.
// - An exit that matches reaches the policy; another does not.
// - A `restart` or an `operator` request after an exit that matched is put to the policy. After another,
//   or none, it launches at once, and the policy is not stepped. A `start` is not asked, either.
// - There is one last exit per state: where several children share one, it is that of whichever ended last.
//   A restart follows its exit at the same instant; what is asked later may meet another child's.
// - `healthy` and `reset` always reach the policy; `reset` also forgets the last exit.

import { PolicyOptionsError } from "./errors.js";
import type { AnyExit } from "./exit-view.js";
import type { Millis } from "./policy.js";
import { readArguments } from "./read-arguments.js";
import { readPolicy } from "./read-policy.js";
import { readState, within } from "./read-state.js";
import {
  launch,
  noted,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
} from "./restart.js";
import { verdict } from "./verdict.js";

/**
 * Whether the last exit matched, and the state of the policy.
 * @since 0.1.0
 */
export interface WhenState<State = unknown> {
  /** What the predicate said of the last exit; null if there was none, or it was answered. */
  readonly matched: boolean | null;
  /** The state of the policy. */
  readonly member: State;
}

/**
 * Applies a policy to the exits of one kind only: budgets per cause, another delay after one exit code, no
 * limit for an exit that asks to be started again.
 *
 * Decides: after an exit of which `predicate` says true, what `policy` decides; after any other, or none,
 * a launch at once. Compose one per cause with `allOf`. `predicate` must
 * be pure: it is called once per exit, with the exit, which in a replay is its bounded record.
 * Units, defaults: those of `policy`. Edge: `start` passes; `operator` is decided by the last exit,
 * in a `sharedBudget` the last one of any child; so is a restart that is asked for again after a "not yet".
 * Effect on state: `policy` is stepped by the exits that match, the requests after them, `healthy` and
 * `reset`; the answer of the predicate is kept until the next exit or a `reset`.
 * Errors: `PolicyOptionsError` if `predicate` is no function or `policy` none, and from `step` if it is
 * async; `PolicyStateError` from `parse`; whatever the predicate throws, with the state as it was.
 * Source: exit codes with a meaning of their own, as in systemd's `RestartForceExitStatus=`.
 *
 * @since 0.1.0
 * @example
 * const policy = when(({ code }) => code !== 42, backoff({ initialMs: 200, jitter: "none" }));
 * const child = cell(policy, { clock: () => 0, random: () => 0 });
 * child.failed(exitOf(1, null), { uptimeMs: 0 }); // => { type: "launch", delayMs: 200 }
 * child.failed(exitOf(42, null), { uptimeMs: 0 }); // => { type: "launch", delayMs: 0 }
 */
export function when<State>(
  predicate: (exit: AnyExit) => boolean,
  policy: RestartPolicy<State>,
): RestartPolicy<WhenState<State>> {
  readArguments("when", arguments, 2);
  if (typeof predicate !== "function") {
    const hint = "the predicate comes first: when(exit => ..., policy)";
    throw new PolicyOptionsError("when", "predicate", "a function", predicate, hint);
  }
  readPolicy("when", "policy", policy);
  const { timesMs } = policy.describe;

  function step(
    state: WhenState<State>,
    event: RestartEvent,
    now: Millis,
  ): readonly [WhenState<State>, RestartDecision] {
    if (event.type === "launch" && (event.cause === "start" || !state.matched)) {
      return [after(state, state.matched || null, state.member), launch()];
    }
    const matched =
      event.type === "exited" ? verdict("when", predicate(event.exit)) : state.matched;
    if (event.type === "exited" && !matched) return [after(state, matched, state.member), noted];
    const [member, answer] = policy.step(state.member, event, now);
    return [after(state, event.type === "reset" ? null : matched, member), answer];
  }

  return {
    name: `when(${policy.name})`,
    describe: { kind: "when", options: {}, timesMs, members: [policy.describe] },
    members: [policy],
    holds: { member: policy },
    initial: () => ({ matched: null, member: policy.initial() }),
    step,
    parse(raw, now) {
      const read = readState(raw);
      return {
        matched: read.oneOf("matched", [true, false, null]),
        member: within("member", () => policy.parse(read.raw("member"), now)),
      };
    },
    idle: ({ matched, member }, now) => matched === null && (policy.idle?.(member, now) ?? false),
  };
}

/** The same reference where nothing changed. */
function after<State>(
  state: WhenState<State>,
  matched: boolean | null,
  member: State,
): WhenState<State> {
  return matched === state.matched && member === state.member ? state : { matched, member };
}
