// The whole lifecycle as data. `step` looks rules up here and does nothing else; the state diagram in
// the README is drawn from it. The first rule that fits wins; an event without a rule is impossible.

import type { ActionName } from "./actions.js";
import type { SlotEventType } from "./alphabet.js";
import type { GuardName } from "./guards.js";
import type { SlotStatus } from "./state.js";

/** One row: in these statuses, on this event, if all guards hold, go there and do that. */
export interface SlotRule {
  readonly from: readonly SlotStatus[];
  readonly on: readonly SlotEventType[];
  /** All must hold. */
  readonly when: readonly GuardName[];
  /** The status afterwards; `same` stays. */
  readonly to: SlotStatus | "same";
  readonly act: ActionName;
}

const any: readonly SlotStatus[] = ["stopped", "starting", "running", "ready", "cancelling"];
const up: readonly SlotStatus[] = ["starting", "running", "ready"];
const settled: readonly SlotStatus[] = ["stopped", "cancelling"];
const reports: readonly SlotEventType[] = ["ready", "not-ready", "heartbeat", "exited"];
const intents: readonly SlotEventType[] = ["pause", "quarantine", "remove", "resume"];

function rule(
  from: readonly SlotStatus[] | SlotStatus,
  on: readonly SlotEventType[] | SlotEventType,
  when: readonly GuardName[],
  to: SlotRule["to"],
  act: ActionName,
): SlotRule {
  return { from: [from].flat(), on: [on].flat(), when, to, act };
}

/** The transition table. */
export const slotTable: readonly SlotRule[] = [
  // A report of a generation that is gone changes nothing.
  rule(any, reports, ["past"], "same", "noteStale"),

  // Occupation: only by an admitted launch or an operator's restart, only when free.
  rule("stopped", "launch", ["free", "explicit"], "starting", "occupy"),
  rule("stopped", "launch", ["free", "immediate"], "ready", "occupy"),
  rule("stopped", "restart", ["free", "explicit"], "starting", "startNow"),
  rule("stopped", "restart", ["free", "immediate"], "ready", "startNow"),

  // Readiness and signs of life.
  rule(["starting", "running"], "ready", [], "ready", "becomeReady"),
  rule("ready", "ready", [], "same", "nothing"),
  rule("starting", "not-ready", ["unsaid"], "same", "sayNotReady"),
  rule("starting", "not-ready", [], "same", "nothing"),
  rule("ready", "not-ready", [], "running", "becomeNotReady"),
  rule("running", "not-ready", [], "same", "nothing"),
  rule(up, "heartbeat", [], "same", "beat"),
  rule("cancelling", ["ready", "not-ready", "heartbeat"], [], "same", "nothing"),

  // The end of an attempt, and the launch that was waiting for it.
  rule(up, "exited", [], "stopped", "leave"),
  rule("cancelling", "exited", ["pending", "explicit"], "starting", "replace"),
  rule("cancelling", "exited", ["pending", "immediate"], "ready", "replace"),
  rule("cancelling", "exited", [], "stopped", "leave"),

  // Stop is for good, and wins over any pending restart.
  rule(up, "stop", [], "cancelling", "closeAndCancel"),
  rule(settled, "stop", ["open"], "same", "close"),
  rule(settled, "stop", [], "same", "nothing"),

  // A restart is fenced: the next generation waits until the old one is gone.
  rule(any, "restart", ["closed"], "same", "blockRestart"),
  rule(any, "restart", ["barred"], "same", "rejectRestart"),
  rule("cancelling", "restart", ["pending"], "same", "countDuplicate"),
  rule("cancelling", "restart", [], "same", "queueRestart"),
  rule(up, "restart", [], "cancelling", "queueRestart"),

  // What the operator wants. `removed` is for good.
  rule(any, intents, ["sameIntent"], "same", "nothing"),
  rule(up, ["pause", "quarantine", "remove"], [], "cancelling", "setIntentAndCancel"),
  rule(any, intents, [], "same", "setIntent"),

  // Time.
  rule(up, "tick", ["late"], "same", "excuse"),
  rule("cancelling", "tick", ["late"], "same", "excuse"),
  rule("starting", "tick", ["readyOverdue"], "cancelling", "cancelUnready"),
  rule(up, "tick", ["heartbeatStale"], "cancelling", "cancelStale"),
  rule("ready", "tick", ["healthyDue"], "same", "tellHealthy"),
  rule("cancelling", "tick", ["graceOver"], "same", "escalate"),
  rule("cancelling", "tick", ["killOver", "pending", "explicit"], "starting", "abandon"),
  rule("cancelling", "tick", ["killOver", "pending", "immediate"], "ready", "abandon"),
  rule("cancelling", "tick", ["killOver"], "stopped", "abandon"),
  rule(any, "tick", [], "same", "nothing"),
];
