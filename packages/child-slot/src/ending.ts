// The way out of an attempt: asked at most once, forced at most once, and what becomes of a restart that
// waits for it.

import type { Millis } from "@steadfast/policy";
import type { SlotSettings } from "./options.js";
import { type BareCommand, type Changes, fence, type Outcome } from "./outcome.js";
import type { CancellingPhase, SlotPhase, StopCause } from "./state.js";

/**
 * The attempt that is there is to end because of what occurred; then the pending restart is to happen,
 * if there is one.
 *
 * A child that is up is asked, unless `force` occurred, and what it is ended for stays the cause of its
 * ending. A newer order overtakes a restart that waits: that is dropped, and reported. Without a grace
 * period, and by `kill` or `force`, the child is forced at the same instant.
 */
export function end(
  before: SlotPhase,
  occurred: StopCause | "kill",
  now: Millis,
  { gracePeriodMs }: SlotSettings,
  changes: Changes = {},
  pending: CancellingPhase["pending"] = null,
  ...commands: BareCommand[]
): Outcome {
  if (before.status === "stopped") return [changes, commands];
  const cause = occurred === "kill" ? "stop" : occurred;
  let phase: CancellingPhase;
  if (before.status === "cancelling") {
    phase = { ...before, pending };
    const isClosed = changes.open === false;
    if (before.pending) commands.push(fence(isClosed ? "blocked-by-shutdown" : "rejected"));
  } else {
    const { launchedAt } = before;
    phase = {
      status: "cancelling",
      launchedAt,
      cause,
      step: "asked",
      since: now,
      excused: false,
      pending,
    };
    if (cause !== "force") commands.push({ type: "request-stop", reason: cause });
  }
  const isPatient = gracePeriodMs > 0 && occurred !== "kill" && occurred !== "force";
  if (!isPatient && phase.step === "asked") {
    phase = forced(phase, now);
    commands.push({ type: "kill" });
  }
  return [{ ...changes, phase }, commands];
}

/** From now on the time runs after which it is given up. */
export const forced = (phase: CancellingPhase, now: Millis): CancellingPhase => ({
  ...phase,
  step: "killed",
  since: now,
  excused: false,
});
