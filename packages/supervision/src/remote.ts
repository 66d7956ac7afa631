// What is between a supervision and a policy whose state lives elsewhere: facts are kept until an
// answer covers them, and one question is open at a time.
//
// A question that is not needed any more is withdrawn; whether its facts have arrived nobody knows, so
// they go along with the next one: a fact may arrive twice, and is never lost, while there are no more
// than 64. Beyond that the oldest go.

import { exitRecord, type Millis, type RestartEvent } from "@steadfast/policy";
import type { LaunchCause } from "./events.js";
import type { Asking, RemoteState } from "./state.js";

/** With an open question. */
type Asked = RemoteState & { readonly asking: Asking };

const MOST_FACTS = 64;

export const silent: RemoteState = { next: 1, facts: [], asking: null };

/** One more fact for the policy, as plain JSON. */
export function keepFact(state: RemoteState, event: RestartEvent): RemoteState {
  const fact = event.type === "exited" ? { ...event, exit: exitRecord(event.exit) } : event;
  const lost = Math.max(0, state.facts.length + 1 - MOST_FACTS);
  const asking = state.asking && { ...state.asking, told: Math.max(0, state.asking.told - lost) };
  return { ...state, facts: [...state.facts.slice(lost), fact], asking };
}

/** The question is put. */
export function openQuestion(
  { next, facts }: RemoteState,
  cause: LaunchCause,
  draw: number,
  wall: Millis,
  lingeredMs: Millis,
): Asked {
  const past = lingeredMs > 0 && { lingeredMs };
  const asking = { ask: next, cause, draw, wall, told: facts.length, ...past };
  return { next: next + 1, facts, asking };
}

/** Everything that the question just put consists of, in order. */
export function questionOf({ facts, asking }: Asked): readonly RestartEvent[] {
  const { cause, draw, wall } = asking;
  return [...facts, { type: "launch", cause, draw, wall }];
}

/** The open question has its answer: the facts that went with it are known. */
export function closeQuestion(state: RemoteState, { told }: Asking): RemoteState {
  return { ...state, facts: state.facts.slice(told), asking: null };
}

/** The open question is withdrawn: what went with it goes with the next. */
export function withdraw(state: RemoteState): RemoteState {
  return { ...state, asking: null };
}

/** Whether an answer was overtaken by a `reset` that the policy did not know of: nothing else happens meanwhile. */
export function wasForgiven({ facts }: RemoteState): boolean {
  return facts.length > 0;
}
