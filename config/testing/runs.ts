// How events are put to a policy.

import type {
  Millis,
  RestartDecision,
  RestartEvent,
  RestartPolicy,
} from "../../packages/policy/src/index.js";

export interface TimedEvent {
  readonly at: Millis;
  readonly event: RestartEvent;
}

export interface Run<State> {
  readonly decisions: readonly RestartDecision[];
  readonly state: State;
}

/** Steps a policy through a run; answers every decision and the last state. */
export function run<State>(
  policy: RestartPolicy<State>,
  events: readonly TimedEvent[],
  from: State = policy.initial(),
): Run<State> {
  let state = from;
  const decisions = events.map(({ at, event }) => {
    const [next, decision] = policy.step(state, event, at);
    state = next;
    return decision;
  });
  return { decisions, state };
}
