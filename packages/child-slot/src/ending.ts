// The way out of an attempt: asked once, forced once, and what becomes of a restart that waits for it.

import type { Millis } from "@steadfast/policy";
import type { SlotSettings } from "./options.js";
import { type BareCommand, fence, type Outcome } from "./outcome.js";
import type { CancellingPhase, SlotPhase, SlotState, StopCause } from "./state.js";

/**
 * Whoever is there is to end because of what occurred; then the pending restart is to happen, if any.
 *
 * A child that is up is asked, and what it was asked for stays the cause of its ending. A newer wish
 * overtakes a restart that waits: that is dropped, and told so. Without a grace period, and by a
 * `kill`, the child is forced in the same breath.
 */
export function end(
  before: SlotPhase,
  occurred: StopCause | "kill",
  now: Millis,
  { gracePeriodMs }: SlotSettings,
  changes: Partial<SlotState> = {},
  pending: CancellingPhase["pending"] = null,
  ...told: BareCommand[]
): Outcome {
  if (before.status === "stopped") return [changes, ...told];
  const cause = occurred === "kill" ? "stop" : occurred;
  let phase: CancellingPhase = {
    status: "cancelling",
    launchedAt: before.launchedAt,
    cause,
    step: "asked",
    since: now,
    excused: false,
    pending,
  };
  if ("step" in before) {
    phase = { ...before, pending };
    if (before.pending) told.push(fence(changes.intent ? "rejected" : "blocked-by-shutdown"));
  } else told.push({ type: "request-stop", reason: cause });
  const isPatient = gracePeriodMs > 0 && occurred !== "kill";
  return isPatient || phase.step === "killed"
    ? [{ ...changes, phase }, ...told]
    : [{ ...changes, phase: forced(phase, now) }, ...told, { type: "kill" }];
}

/** From now on the time runs after which it is given up. */
export const forced = (phase: CancellingPhase, now: Millis): CancellingPhase => ({
  ...phase,
  step: "killed",
  since: now,
  excused: false,
});
