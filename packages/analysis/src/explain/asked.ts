// What each member of a composition heard or was asked, and what it said: the tree of answers behind one
// decision.
//
// - A policy with `members` holds their states in an array, perhaps with their keys behind them. `inTurn` asks
//   each as of the instant at which those before it let the child go, up to the first that refuses; every
//   other composition asks all of them now.
// - `when` holds the state of its policy beside whether the last exit matched, and steps it only if it did, or
//   for `healthy` and `reset`.
// - A policy with `wraps` shares the state of that one. `coarse` shows it the last whole unit.

import type {
  LaunchEvent,
  Millis,
  RestartDecision,
  RestartEvent,
  RestartPolicy,
} from "@steadfast/policy";

/** One policy in the tree. */
export interface Asked {
  readonly policy: RestartPolicy;
  readonly path: readonly number[];
  /** The instant of what it heard, or as of which it was asked. */
  readonly at: Millis;
  readonly before: unknown;
  /** After its own step, whether or not a composition keeps that. */
  readonly after: unknown;
  readonly decision: RestartDecision | null;
  /** Of what it is made; empty for a policy that is made of no others, or does not show them. */
  readonly parts: readonly Asked[];
}

/** The same request, put `ms` later; earlier if `ms` is negative. */
export function moved(event: LaunchEvent, ms: Millis): LaunchEvent {
  return { ...event, wall: event.wall + ms };
}

export function ask(
  policy: RestartPolicy,
  state: unknown,
  event: RestartEvent,
  now: Millis,
  path: readonly number[] = [],
): Asked {
  const [after, decision] = policy.step(state, event, now);
  const parts = partsOf(policy, state, after, event, now, path);
  return { policy, path, at: now, before: state, after, decision, parts };
}

function partsOf(
  policy: RestartPolicy,
  state: unknown,
  after: unknown,
  event: RestartEvent,
  now: Millis,
  path: readonly number[],
): readonly Asked[] {
  const { members, wraps, describe } = policy;
  if (wraps) {
    const unitMs = describe.kind === "coarse" ? Number(describe.options.unitMs) : 1;
    const over = ((now % unitMs) + unitMs) % unitMs;
    const seen = event.type === "launch" && over > 0 ? moved(event, -over) : event;
    return [ask(wraps, state, seen, now - over, [...path, 0])];
  }
  const states = statesIn(policy, state);
  if (!members || !states) return [];
  if (describe.kind === "inTurn" && event.type === "launch") {
    return inTurnOf(members, states, event, now, path);
  }
  const heard = describe.kind !== "when" || isFor(event, state, after);
  return members.map((member, i) =>
    heard
      ? ask(member, states[i], event, now, [...path, i])
      : unasked(member, states[i], now, [...path, i]),
  );
}

/** The states of the members, in order; null where there are none, or they are somewhere else. */
function statesIn({ members }: RestartPolicy, state: unknown): readonly unknown[] | null {
  if (Array.isArray(state)) return members && state.length >= members.length ? state : null;
  const isOne = members?.length === 1 && typeof state === "object" && state !== null;
  return isOne && "member" in state ? [state.member] : null;
}

/** Whether `when` steps its policy for this event. */
function isFor(event: RestartEvent, before: unknown, after: unknown): boolean {
  const matched = (state: unknown) => (state as { readonly matched?: unknown }).matched === true;
  if (event.type === "launch") return event.cause !== "start" && matched(before);
  return event.type !== "exited" || matched(after);
}

function inTurnOf(
  members: readonly RestartPolicy[],
  states: readonly unknown[],
  event: LaunchEvent,
  now: Millis,
  path: readonly number[],
): readonly Asked[] {
  let waitMs = 0;
  let isRefused = false;
  return members.map((member, i) => {
    const here = [...path, i];
    if (isRefused) return unasked(member, states[i], now, here);
    const asked = ask(member, states[i], moved(event, waitMs), now + waitMs, here);
    if (asked.decision?.type === "launch") {
      const untilMs = Math.ceil(waitMs + asked.decision.delayMs);
      waitMs = Math.min(untilMs, Number.MAX_SAFE_INTEGER - now);
    } else isRefused = true;
    return asked;
  });
}

function unasked(
  policy: RestartPolicy,
  state: unknown,
  now: Millis,
  path: readonly number[],
): Asked {
  const { members, wraps } = policy;
  const states = statesIn(policy, state);
  const parts = states
    ? (members ?? []).map((member, i) => unasked(member, states[i], now, [...path, i]))
    : [wraps ?? []].flat().map((inner) => unasked(inner, state, now, [...path, 0]));
  return { policy, path, at: now, before: state, after: state, decision: null, parts };
}

/** The policies in the tree that are made of no others, in order. */
export function leavesOf(asked: Asked): readonly Asked[] {
  return asked.parts.length === 0 ? [asked] : asked.parts.flatMap(leavesOf);
}
