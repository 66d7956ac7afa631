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
const alive: readonly SlotStatus[] = [...up, "cancelling"];
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
  rule("stopped", ["launch", "restart"], ["free", "explicit"], "starting", "occupy"),
  rule("stopped", ["launch", "restart"], ["free", "immediate"], "ready", "occupy"),

  // Readiness and signs of life.
  rule(["starting", "running"], "ready", [], "ready", "becomeReady"),
  rule("ready", "ready", [], "same", "nothing"),
  rule("starting", "not-ready", ["unsaid"], "same", "sayNotReady"),
  rule("ready", "not-ready", [], "running", "becomeNotReady"),
  rule(["starting", "running"], "not-ready", [], "same", "nothing"),
  rule(up, "heartbeat", ["newer"], "same", "beat"),
  rule(up, "heartbeat", [], "same", "nothing"),
  rule("cancelling", ["ready", "not-ready", "heartbeat"], [], "same", "nothing"),

  // The end of an attempt, and the launch that was waiting for it.
  rule(up, "exited", [], "stopped", "leave"),
  rule("cancelling", "exited", ["pending", "explicit"], "starting", "leave"),
  rule("cancelling", "exited", ["pending", "immediate"], "ready", "leave"),
  rule("cancelling", "exited", [], "stopped", "leave"),

  // Stop is for good, and wins over any pending restart. Kill is a stop without patience.
  rule(up, ["stop", "kill"], [], "cancelling", "close"),
  rule("cancelling", "kill", ["asked"], "same", "close"),
  rule(settled, ["stop", "kill"], ["open"], "same", "close"),
  rule(settled, ["stop", "kill"], [], "same", "nothing"),

  // A restart is fenced: the next generation waits until the old one is gone.
  rule(settled, "restart", ["closed"], "same", "blockRestart"),
  rule(settled, "restart", ["barred"], "same", "rejectRestart"),
  rule("cancelling", "restart", ["pending"], "same", "countDuplicate"),
  rule("cancelling", "restart", [], "same", "queueRestart"),
  rule(up, "restart", [], "cancelling", "queueRestart"),

  // What the operator wants: while a child is up, that is `active`. `removed` is for good.
  rule(up, ["pause", "quarantine", "remove"], [], "cancelling", "setIntent"),
  rule(up, "resume", [], "same", "nothing"),
  rule(settled, intents, ["sameIntent"], "same", "nothing"),
  rule(settled, intents, [], "same", "setIntent"),

  // What is told for the record.
  rule(any, "limit", ["sameLimit"], "same", "nothing"),
  rule(any, "limit", [], "same", "setLimit"),

  // Time.
  rule(alive, "tick", ["late"], "same", "excuse"),
  rule("starting", "tick", ["readyOverdue"], "cancelling", "cancelUnready"),
  rule(up, "tick", ["heartbeatStale"], "cancelling", "cancelStale"),
  rule("ready", "tick", ["healthyDue"], "same", "tellHealthy"),
  rule("cancelling", "tick", ["graceOver"], "same", "escalate"),
  rule("cancelling", "tick", ["killOver", "pending", "explicit"], "starting", "leave"),
  rule("cancelling", "tick", ["killOver", "pending", "immediate"], "ready", "leave"),
  rule("cancelling", "tick", ["killOver"], "stopped", "leave"),
  rule(any, "tick", [], "same", "nothing"),
];
