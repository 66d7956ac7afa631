// When time alone changes something. Every limit is included: at exactly the deadline it is over.
//
// The host itself may have been away (a suspend, a blocked event loop): then a deadline is looked at
// late, and what the child said meanwhile is still on its way. If a look is late by more than a tenth
// of the time that was given, nobody is judged: the time starts afresh, once. A time of 0 does not: a
// fresh period of nothing grants nothing, and 0 means at the first look, however late that is.

import type { Millis } from "@steadfast/policy";
import type { SlotEvent, SlotEventType } from "./alphabet.js";
import type { SlotSettings } from "./options.js";
import type { SlotPhase } from "./state.js";

/** The options that are times: what a `tick` finds is named after the one that is over. */
export type SlotTime =
  | "readyTimeoutMs"
  | "heartbeatTimeoutMs"
  | "healthyAfterMs"
  | "gracePeriodMs"
  | "abandonAfterMs";

/**
 * An event, or the time that a `tick` finds to be over.
 * @since 0.1.0
 */
export type SlotOccurrence = SlotEventType | SlotTime;

/** The earliest thing that time will bring about. */
export interface Due {
  readonly time: SlotTime;
  readonly at: Millis;
  /** The time that was given, from its start to `at`. */
  readonly spanMs: Millis;
  /** Whether it was started afresh already, or judges nobody. */
  readonly excused: boolean;
}

/** What is due next, or null if time changes nothing. Of several at one instant, the sternest. */
export function nextDue(phase: SlotPhase, settings: SlotSettings): Due | null {
  let first: Due | null = null;
  const may = (time: SlotTime, since: Millis, excused: boolean) => {
    const spanMs = settings[time];
    if (spanMs === null) return;
    const at = Math.min(since + spanMs, Number.MAX_SAFE_INTEGER);
    if (!first || at < first.at) first = { time, at, spanMs, excused };
  };

  if ("step" in phase) {
    may(phase.step === "asked" ? "gracePeriodMs" : "abandonAfterMs", phase.since, phase.excused);
  }
  if ("readySince" in phase) may("readyTimeoutMs", phase.readySince, phase.excused);
  if ("beat" in phase && phase.beat) {
    may("heartbeatTimeoutMs", phase.beat.since, phase.beat.excused);
  }
  if ("readyAt" in phase && !phase.healthy) may("healthyAfterMs", phase.launchedAt, true);
  return first;
}

/** A tick that comes too late to judge finds nothing over. */
export function occurrenceOf(
  phase: SlotPhase,
  event: SlotEvent,
  now: Millis,
  settings: SlotSettings,
): SlotOccurrence {
  const due = event.type === "tick" && nextDue(phase, settings);
  if (!due || now < due.at) return event.type;
  const isOver = due.excused || due.spanMs === 0 || now - due.at <= due.spanMs / 10;
  return isOver ? due.time : event.type;
}
