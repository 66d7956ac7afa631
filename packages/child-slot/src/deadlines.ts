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
  /** Whether it was started afresh once already, or judges nobody. */
  readonly excused: boolean;
}

/** What is due next, or null if time changes nothing. Of several at one instant, the sternest. */
export function nextDue({ phase }: SlotState, settings: SlotSettings): Due | null {
  const { readyTimeoutMs, heartbeatTimeoutMs, healthyAfterMs } = settings;
  let first: Due | null = null;
  const may = (kind: Due["kind"], since: Millis, spanMs: Millis | null, excused: boolean) => {
    if (spanMs === null) return;
    const at = Math.min(since + spanMs, Number.MAX_SAFE_INTEGER);
    if (!first || at < first.at) first = { kind, at, spanMs, excused };
  };

  if (phase.status === "cancelling") {
    if (phase.step === "asked") may("grace", phase.since, settings.gracePeriodMs, phase.excused);
    else may("kill", phase.since, settings.abandonAfterMs, phase.excused);
  } else if (phase.status !== "stopped") {
    const { beat } = phase;
    if (phase.status === "starting") may("ready", phase.readySince, readyTimeoutMs, phase.excused);
    if (beat) may("heartbeat", beat.since, heartbeatTimeoutMs, beat.excused);
    if (phase.status === "ready" && !phase.healthy) {
      may("healthy", phase.launchedAt, healthyAfterMs, true);
    }
  }
  return first;
}

/** Whether a look at `now` comes too late to judge anybody by. */
export function isLate({ at, spanMs, excused }: Due, now: Millis): boolean {
  return !excused && now - at > spanMs / 10;
}
