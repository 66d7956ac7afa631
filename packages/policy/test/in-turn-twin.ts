// inTurn, written a second time and deliberately dumb: the hint is found by trying one millisecond
// after the other. For steady members only: once willing, willing until an event.

import type { LaunchEvent, RestartDecision, RestartEvent, RestartPolicy } from "../src/index.js";

type States = readonly [unknown, unknown];

const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));
const SEARCHED = 2_000;

function ask(
  [first, second]: readonly [RestartPolicy, RestartPolicy],
  states: States,
  event: LaunchEvent,
  now: number,
): readonly [States, RestartDecision] {
  const [one, go] = first.step(copy(states[0]), event, now);
  if (go.type !== "launch") return [[one, states[1]], go];
  const instant = Math.ceil(now + go.delayMs);
  const moved = { ...event, wall: event.wall + (instant - now) };
  const [two, then] = second.step(copy(states[1]), moved, instant);
  if (then.type !== "launch") return [[states[0], two], then];
  const delayMs = then.delayMs > 0 ? instant - now + then.delayMs : go.delayMs;
  return [[one, two], { type: "launch", delayMs }];
}

export function twinStep(
  members: readonly [RestartPolicy, RestartPolicy],
  states: States,
  event: RestartEvent,
  now: number,
): readonly [States, RestartDecision] {
  if (event.type !== "launch") {
    const [one, two] = members.map((member, i) => member.step(copy(states[i]), event, now)[0]);
    return [[one, two], { type: "noted" }];
  }
  const [left, answer] = ask(members, states, event, now);
  let refusal = answer;
  for (let wait = 1; wait <= SEARCHED && refusal.type === "refuse"; wait++) {
    const { reason, retryAfterMs } = refusal;
    if (retryAfterMs === null) return [left, { type: "refuse", reason, retryAfterMs }];
    const next = ask(members, left, { ...event, wall: event.wall + wait }, now + wait)[1];
    if (next.type === "launch") return [left, { type: "refuse", reason, retryAfterMs: wait }];
    refusal = next;
  }
  return [left, answer];
}
