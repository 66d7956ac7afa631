// When time alone changes something. Every limit is included: at exactly the deadline it is over.
//
// The host itself may have been away (a suspend, a blocked event loop): then a deadline is looked at
// late, and what the child said meanwhile is still on its way, or it was asleep as well. If a look is
// late by more than a tenth of the time that was given, nobody is judged: the time starts again in full,
// once. A time of 0 does not: 0 means at the first look, however late that is.

import type { Millis } from "@steadfast/policy";
import type { SlotEvent, SlotEventType } from "./alphabet.js";
import type { SlotSettings, SlotTime } from "./options.js";
import type { ReadyPhase, SlotPhase } from "./state.js";

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
  /** Whether it was started again already. */
  readonly excused: boolean;
}

/** What is due next, or null if time changes nothing. Of several at one instant, the sternest. */
export function nextDue(phase: SlotPhase, settings: SlotSettings): Due | null {
  if (phase.status === "stopped") return null;
  if (phase.status === "cancelling") {
    const time = phase.step === "asked" ? "gracePeriodMs" : "abandonAfterMs";
    return sooner(null, time, phase.since, phase.excused, settings);
  }
  let first: Due | null = null;
  if (phase.status === "starting") {
    first = sooner(first, "readyTimeoutMs", phase.readySince, phase.excused, settings);
  }
  if (phase.beat) {
    first = sooner(first, "heartbeatTimeoutMs", phase.beat.since, phase.beat.excused, settings);
  }
  const { ranSince = phase.launchedAt } = phase;
  first = sooner(first, "maxRunMs", ranSince, phase.ranSince !== undefined, settings);
  if (phase.status === "ready" && !phase.healthy) {
    const { healthSince = healthFrom(phase, settings) } = phase;
    const excused = phase.healthSince !== undefined;
    first = sooner(first, "healthyAfterMs", healthSince, excused, settings);
  }
  return first;
}

/** A child that gets ready late was not looked at late: before it is ready, nothing is due. */
function healthFrom(
  { launchedAt, readyAt }: ReadyPhase,
  { healthyFrom, healthyAfterMs }: SlotSettings,
): Millis {
  return healthyFrom === "ready" ? readyAt : Math.max(launchedAt, readyAt - healthyAfterMs);
}

/** What is due first, or this time if it is over sooner. */
function sooner(
  first: Due | null,
  time: SlotTime,
  since: Millis,
  excused: boolean,
  settings: SlotSettings,
): Due | null {
  const spanMs = settings[time];
  if (spanMs === null) return first;
  const at = Math.min(since + spanMs, Number.MAX_SAFE_INTEGER);
  return first && first.at <= at ? first : { time, at, spanMs, excused };
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
