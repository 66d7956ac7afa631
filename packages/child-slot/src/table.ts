// The whole lifecycle as data. `step` looks rules up here and does nothing else; the state diagram in
// the README is drawn from it. The first rule that fits wins; an event without a rule is impossible.

import {
  type Action,
  becomeNotReady,
  becomeReady,
  cancelOverrun,
  cancelStale,
  cancelUnfit,
  cancelUnready,
  close,
  countDuplicate,
  escalate,
  excuse,
  hear,
  leave,
  noteStale,
  occupy,
  queueRestart,
  refuseRestart,
  reportHealthy,
  sayNotReady,
  setIntent,
  setLimit,
  stay,
  vacate,
} from "./actions.js";
import type { SlotOccurrence } from "./deadlines.js";
import { explicit, free, type Guard, late, past, pending } from "./guards.js";
import type { SlotStatus } from "./state.js";

/**
 * One row: in these statuses, when one of these occurs, if all guards hold, go there and do that.
 * @since 0.1.0
 */
export interface SlotRule {
  /** The statuses in which the row counts. */
  readonly from: readonly SlotStatus[];
  /** Events, and what a `tick` finds. */
  readonly on: readonly SlotOccurrence[];
  /** All must hold. */
  readonly when: readonly Guard[];
  /** The status afterwards; `same` stays. */
  readonly to: SlotStatus | "same";
  /** What is done: its name says it. */
  readonly act: Action;
}

const up: readonly SlotStatus[] = ["starting", "running", "ready"];
const settled: readonly SlotStatus[] = ["stopped", "cancelling"];
const any: readonly SlotStatus[] = [...settled, ...up];
const signs: readonly SlotOccurrence[] = ["ready", "not-ready", "heartbeat"];
const stops: readonly SlotOccurrence[] = ["stop", "kill"];
const halts: readonly SlotOccurrence[] = ["halt", "force"];
const intents: readonly SlotOccurrence[] = ["pause", "quarantine", "remove"];
const ends: readonly SlotOccurrence[] = ["exited", "abandonAfterMs"];

function rule(
  from: readonly SlotStatus[] | SlotStatus,
  on: readonly SlotOccurrence[] | SlotOccurrence,
  act: Action,
  to: SlotRule["to"] = "same",
  ...when: readonly Guard[]
): SlotRule {
  return { from: [from].flat(), on: [on].flat(), when, to, act };
}

/**
 * The whole lifecycle of a child as data: the first rule that fits an event is what a slot does.
 * @since 0.1.0
 */
export const slotTable: readonly SlotRule[] = [
  // A report of a generation that is gone changes nothing.
  rule(any, [...signs, "unhealthy", "exited"], noteStale, "same", past),

  // Occupation: only by an admitted launch or an operator's restart, only when free.
  rule("stopped", ["launch", "restart"], occupy, "starting", free, explicit),
  rule("stopped", ["launch", "restart"], occupy, "ready", free),

  // A restart is fenced: the next generation waits until the old one is gone.
  rule(up, "restart", queueRestart, "cancelling"),
  rule("cancelling", "restart", countDuplicate, "same", pending),
  rule("cancelling", "restart", queueRestart, "same", free),
  rule(settled, "restart", refuseRestart),

  // Readiness and signs of life.
  rule(["starting", "running"], "ready", becomeReady, "ready"),
  rule("starting", "not-ready", sayNotReady),
  rule("ready", "not-ready", becomeNotReady, "running"),
  rule(up, "heartbeat", hear),
  rule("ready", "ready", stay),
  rule("running", "not-ready", stay),
  rule("cancelling", [...signs, "unhealthy"], stay),
  rule(up, "unhealthy", cancelUnfit, "cancelling"),

  // The end of an attempt, seen or given up, and the launch that was waiting for it.
  rule(up, "exited", leave, "stopped"),
  rule("cancelling", ends, leave, "starting", pending, explicit),
  rule("cancelling", ends, leave, "ready", pending),
  rule("cancelling", ends, leave, "stopped"),

  // Stop is for good, and wins over any pending restart. Kill is a stop without patience.
  rule(up, stops, close, "cancelling"),
  rule(settled, stops, close),

  // Halt ends the attempt and leaves the slot open. Force is a halt that asks nothing.
  rule(up, halts, vacate, "cancelling"),
  rule(settled, halts, vacate),

  // What the operator wants: while a child is up, that is `active`. `removed` is for good.
  rule(up, intents, setIntent, "cancelling"),
  rule(settled, intents, setIntent),
  rule(any, "resume", setIntent),

  // What is only kept for the record.
  rule(any, "limit", setLimit),

  // Time: what a tick finds to be over.
  rule([...up, "cancelling"], "tick", excuse, "same", late),
  rule("starting", "readyTimeoutMs", cancelUnready, "cancelling"),
  rule(up, "heartbeatTimeoutMs", cancelStale, "cancelling"),
  rule(up, "maxRunMs", cancelOverrun, "cancelling"),
  rule("ready", "healthyAfterMs", reportHealthy),
  rule("cancelling", "gracePeriodMs", escalate),
  rule(any, "tick", stay),
];
