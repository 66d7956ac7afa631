// Tells a policy a script, and keeps what was before and after each event.
//
// Between the admission of a launch and the launch itself, which is its delay later, nothing happens to a
// child but a reset: what the script has in between comes then.

import type { Millis, RestartDecision, RestartEvent, RestartPolicy } from "@steadfast/policy";
import { liveExit } from "./exits.js";
import { linesIn, type RestartScript, type ScriptEvent, type ScriptLine } from "./script.js";

/** What became of one event of a script. */
export interface Moment {
  readonly now: Millis;
  readonly event: RestartEvent;
  readonly before: unknown;
  readonly after: unknown;
  readonly decision: RestartDecision;
}

/** Where a script begins. */
export interface Beginning {
  /** Default 0. */
  readonly at?: Millis;
  /** The wall clock at that instant; it goes along. Default: as far on from `WALL` as `at` is from 0. */
  readonly wall?: Millis;
  /** Default: the policy's initial state. */
  readonly state?: unknown;
  /** Whether gaps are kept as they are: they were taken from moments. Default false. */
  readonly strict?: boolean;
}

export const WALL = 1_700_000_000_000;

/** Every event with what it did. Whatever the policy throws comes through. */
export function tell(
  policy: RestartPolicy,
  script: RestartScript,
  beginning: Beginning = {},
): Moment[] {
  const moments: Moment[] = [];
  tellInto(moments, policy, script, beginning);
  return moments;
}

/** The same, up to the event at which the policy throws. */
export function tellAsFarAsItGoes(policy: RestartPolicy, script: RestartScript): Moment[] {
  const moments: Moment[] = [];
  try {
    tellInto(moments, policy, script, {});
  } catch {
    // the laws that are about throwing say so
  }
  return moments;
}

function tellInto(
  moments: Moment[],
  policy: RestartPolicy,
  script: RestartScript,
  { at = 0, wall = WALL + at, state, strict = false }: Beginning,
): void {
  let now = at;
  // The first line may be about an instant before 0, where the script begins.
  let launchedAt = state === undefined ? -Infinity : at;
  let before = state === undefined ? policy.initial() : state;
  for (const line of linesIn(script)) {
    now += line.gapMs;
    if (!strict && line.event.type !== "reset") now = Math.max(now, launchedAt);
    const event = eventAt(line.event, wall + (now - at));
    const [after, decision] = policy.step(before, event, now);
    moments.push({ now, event, before, after, decision });
    if (decision?.type === "launch") launchedAt = now + Math.ceil(decision.delayMs);
    before = after;
  }
}

export function eventAt(event: ScriptEvent, wall: Millis): RestartEvent {
  if (event.type === "launch") return { ...event, wall };
  return event.type === "exited" ? { ...event, exit: liveExit(event.exit) } : event;
}

export const decisionsOf = (moments: readonly Moment[]): readonly RestartDecision[] =>
  moments.map(({ decision }) => decision);

/** The instant from which no state holds one that is still to come: every launch has happened. */
export function launchedAt({ now, decision }: Moment): Millis {
  return decision?.type === "launch" ? now + Math.ceil(decision.delayMs) : now;
}

/** The state that a script leaves, and when all that it admitted has been launched. */
export function endOf(policy: RestartPolicy, moments: readonly Moment[], at?: Millis) {
  const begun = at ?? moments[0]?.now ?? 0;
  const now = moments.reduce((latest, moment) => Math.max(latest, launchedAt(moment)), begun);
  return { now, state: moments.length > 0 ? moments.at(-1)?.after : policy.initial() };
}

/** The script whose gaps are those between the moments. */
export function scriptOf(moments: readonly Moment[], at: Millis = 0): readonly ScriptLine[] {
  return moments.map(({ now, event }, i) => ({ gapMs: now - (moments[i - 1]?.now ?? at), event }));
}
