// procserv's restart mode, around the policy that it has while it is on.
//
// - `onExit`: the policy decides.
// - `oneShot`: no restart after an attempt that started, for good.
// - `disabled`: none either, but the supervision stays, so that an operator can restart the child. What
//   says so is a refusal that lasts until the last instant there is, 2^53-1.
// - A spawn that failed was no run: in every mode the policy decides.
// - `start` and `operator` pass on to the policy. `reset` forgets the run.
//
// No public policy refuses for a time that does not end, which is the whole of `disabled`.

import {
  launch,
  type Millis,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  readState,
  refuse,
  within,
} from "@steadfast/policy";
import { NEVER_MS } from "./never.js";

/**
 * What procserv does when the child has ended.
 * @since 0.1.0
 */
export type EpicsRestartMode = "onExit" | "disabled" | "oneShot";

/**
 * What is remembered besides the policy's own state.
 * @since 0.1.0
 */
export interface EpicsProcservState<State = unknown> {
  /** Whether the last attempt started, and has ended. */
  readonly ran: boolean;
  /** The state of the policy inside. */
  readonly inside: State;
}

export function restartMode<State>(
  mode: EpicsRestartMode,
  policy: RestartPolicy<State>,
): RestartPolicy<EpicsProcservState<State>> {
  /** The answer to a restart after a run that is over, or null where the policy inside has it. */
  function afterRun(now: Millis) {
    if (mode === "onExit") return null;
    if (mode === "oneShot") return refuse("not-wanted", null);
    return now < NEVER_MS ? refuse("disabled", NEVER_MS - now) : launch();
  }

  function ranAfter(ran: boolean, event: RestartEvent, decision: RestartDecision): boolean {
    if (event.type === "exited") return event.exit.kind !== "spawn-failed";
    return ran && event.type !== "reset" && decision.type !== "launch";
  }

  return {
    name: `restartMode(${policy.name})`,
    describe: {
      kind: "restartMode",
      options: { mode },
      timesMs: policy.describe.timesMs,
      members: [policy.describe],
    },
    holds: { inside: policy },
    initial: () => ({ ran: false, inside: policy.initial() }),
    step(state, event, now) {
      const asksAfterRun = event.type === "launch" && event.cause === "restart" && state.ran;
      const answer = asksAfterRun ? afterRun(now) : null;
      if (answer) return [state, answer];
      const [inside, decision] = policy.step(state.inside, event, now);
      const ran = ranAfter(state.ran, event, decision);
      const same = ran === state.ran && inside === state.inside;
      return [same ? state : { ran, inside }, decision];
    },
    parse(raw, now) {
      const read = readState(raw);
      return {
        ran: read.checked("ran", "true or false", (value) => typeof value === "boolean"),
        inside: within("inside", () => policy.parse(read.raw("inside"), now)),
      };
    },
    idle: ({ ran, inside }, now) => !ran && (policy.idle?.(inside, now) ?? false),
  };
}
