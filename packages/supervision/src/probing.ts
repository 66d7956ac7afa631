// A series of probes of one attempt, and what they say of it. Somebody outside looks; here is decided
// when, and what the answers mean.
//
// - The first probe is due at the launch where readiness waits for it, else one period after it. The
//   next is due one period after the last was asked, and never before that one is answered.
// - An answer at exactly `timeoutMs` is too late. If our own look is late by more than a tenth of that
//   time, nobody is judged: the time starts again, once per probe.
// - Only the answer to the open probe counts; any other is passed over.

import type { Millis } from "@steadfast/policy";
import type { ProbeOptions } from "./options.js";
import type { ProbeState } from "./state.js";

export type ProbeSettings = Required<ProbeOptions>;

/** What an answer, or the lack of one, comes to; null for nothing yet. */
export type Verdict = "well" | "failed" | null;

export function beginProbing({ for: what, periodMs }: ProbeSettings, now: Millis): ProbeState {
  const nextAt = what === "liveness" ? after(now, periodMs) : now;
  return { probe: 0, askedAt: null, excused: false, nextAt, misses: 0 };
}

/** When a tick is due. */
export function probeDue({ askedAt, nextAt }: ProbeState, { timeoutMs }: ProbeSettings): Millis {
  return askedAt === null ? nextAt : after(askedAt, timeoutMs);
}

/** The next probe is asked. */
export function askProbe(state: ProbeState, { periodMs }: ProbeSettings, now: Millis): ProbeState {
  const probe = state.probe + 1;
  return { ...state, probe, askedAt: now, excused: false, nextAt: after(now, periodMs) };
}

/** Whether an answer that comes now counts: also one that only our own lateness has held up. */
export function isInTime(state: ProbeState, settings: ProbeSettings, now: Millis): boolean {
  return now < probeDue(state, settings) || excusedProbe(state, settings, now) !== null;
}

/** The time for an answer is over: null for a miss, else the state in which it starts again. */
export function excusedProbe(
  state: ProbeState,
  settings: ProbeSettings,
  now: Millis,
): ProbeState | null {
  const isLate = now - probeDue(state, settings) > settings.timeoutMs / 10;
  return isLate && !state.excused ? { ...state, askedAt: now, excused: true } : null;
}

/** The open probe has its answer. */
export function probed(
  state: ProbeState,
  ok: boolean,
  { failures }: ProbeSettings,
): readonly [ProbeState, Verdict] {
  const misses = ok ? 0 : state.misses + 1;
  const verdict = ok ? "well" : misses < failures ? null : "failed";
  return [{ ...state, askedAt: null, misses }, verdict];
}

const after = (at: Millis, ms: Millis): Millis => Math.min(at + ms, Number.MAX_SAFE_INTEGER);
