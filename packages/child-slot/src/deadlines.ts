// When time alone changes something. Every limit is included: at exactly the deadline it is over.
//
// The host itself may have been away (a suspend, a blocked event loop): then a deadline is looked at
// late, and what the child said meanwhile is still on its way. If a look is late by more than a tenth
// of the time that was given, nobody is judged: the time starts afresh, once.

import type { Millis } from "@steadfast/policy";
import type { SlotSettings } from "./options.js";
import type { SlotState } from "./state.js";

/** The earliest thing that time will bring about. */
export interface Due {
  readonly kind: "ready" | "heartbeat" | "healthy" | "grace" | "kill";
  readonly at: Millis;
  /** The time that was given, from its start to `at`. */
  readonly spanMs: Millis;
  /** Whether it was started afresh once already. */
  readonly excused: boolean;
}

/** What is due next, or null if time changes nothing. Of several at one instant, the sternest. */
export function nextDue({ phase }: SlotState, settings: SlotSettings): Due | null {
  if (phase.status === "stopped") return null;
  if (phase.status === "cancelling") {
    const { step, since, excused } = phase;
    return step === "asked"
      ? due("grace", since, settings.gracePeriodMs, excused)
      : due("kill", since, settings.abandonAfterMs, excused);
  }
  const candidates: Due[] = [];
  if (phase.status === "starting" && settings.readyTimeoutMs !== null) {
    candidates.push(due("ready", phase.readySince, settings.readyTimeoutMs, phase.excused));
  }
  if (phase.beat && settings.heartbeatTimeoutMs !== null) {
    const { since, excused } = phase.beat;
    candidates.push(due("heartbeat", since, settings.heartbeatTimeoutMs, excused));
  }
  if (phase.status === "ready" && !phase.healthy) {
    candidates.push(due("healthy", phase.launchedAt, settings.healthyAfterMs, true));
  }
  return candidates.reduce<Due | null>(
    (first, one) => (first && first.at <= one.at ? first : one),
    null,
  );
}

/** Whether a look at `now` comes too late to judge anybody by. */
export function isLate({ at, spanMs, excused }: Due, now: Millis): boolean {
  return !excused && now - at > spanMs / 10;
}

function due(kind: Due["kind"], since: Millis, spanMs: Millis, excused: boolean): Due {
  return { kind, at: Math.min(since + spanMs, Number.MAX_SAFE_INTEGER), spanMs, excused };
}
