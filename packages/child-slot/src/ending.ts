// The way out of an attempt: asked once, forced once, and what becomes of a restart that waits for it.

import type { SlotCommand } from "./alphabet.js";
import { fence, type Step, tag } from "./commands.js";
import type { Situation } from "./guards.js";
import type { AlivePhase, CancellingPhase, SlotState, StopCause } from "./state.js";

type Pending = CancellingPhase["pending"];

/** Whether an operator ended it, so that it is not the child's fault. */
export function isOrdered(cause: StopCause): boolean {
  return cause !== "not-ready-in-time" && cause !== "heartbeat-stale";
}

/** Whoever is there is to end, for this cause; then the pending restart is to happen, if any. */
export function end(
  situation: Situation,
  state: SlotState,
  cause: StopCause,
  pending: Pending = null,
): Step {
  switch (state.phase.status) {
    case "stopped":
      return [state, []];
    case "cancelling":
      return redirect(situation, state, state.phase, cause, pending);
    default:
      return ask(situation, state, state.phase, cause, pending);
  }
}

/** Forces the attempt; from now on the time runs after which it is given up. */
export function force(
  { now }: Situation,
  state: SlotState,
  phase: CancellingPhase,
  before: readonly SlotCommand[] = [],
): Step {
  return [
    { ...state, phase: { ...phase, step: "killed", since: now, excused: false } },
    [...before, { type: "kill", ...tag(state) }],
  ];
}

/** Asks the attempt to end; without a grace period it is forced at once. */
function ask(
  situation: Situation,
  state: SlotState,
  { launchedAt }: AlivePhase,
  cause: StopCause,
  pending: Pending,
): Step {
  const { event, now, settings } = situation;
  const phase: CancellingPhase = {
    status: "cancelling",
    launchedAt,
    cause,
    step: "asked",
    since: now,
    excused: false,
    pending,
  };
  const asked: readonly SlotCommand[] = [{ type: "request-stop", reason: cause, ...tag(state) }];
  const atOnce = settings.gracePeriodMs === 0 || event.type === "kill";
  return atOnce ? force(situation, state, phase, asked) : [{ ...state, phase }, asked];
}

/**
 * A newer wish overtakes an ending that has begun: a restart that waited is dropped, and told so; an
 * operator's cause is replaced, except that nothing replaces a stop.
 */
function redirect(
  situation: Situation,
  state: SlotState,
  before: CancellingPhase,
  cause: StopCause,
  pending: Pending,
): Step {
  const stays = before.cause === "stop" || !isOrdered(before.cause);
  const phase = { ...before, cause: stays ? before.cause : cause, pending };
  const decision = cause === "stop" ? "blocked-by-shutdown" : "rejected";
  const dropped = before.pending ? [fence(state, decision)] : [];
  const forces = situation.event.type === "kill" && phase.step === "asked";
  return forces ? force(situation, state, phase, dropped) : [{ ...state, phase }, dropped];
}
