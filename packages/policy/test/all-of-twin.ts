// allOf, written a second time and deliberately dumb, from the rules of the design alone: copies
// instead of sharing, lists instead of a running maximum, one rule a line.

import type {
  LaunchEvent,
  Refuse,
  RestartDecision,
  RestartEvent,
  RestartPolicy,
} from "../src/index.js";

type States = readonly unknown[];

const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

function ask(members: readonly RestartPolicy[], states: States, event: LaunchEvent, now: number) {
  return members.map((member, i) => member.step(copy(states[i]), event, now));
}

function judge(answers: readonly RestartDecision[]): RestartDecision {
  const refusals = answers.filter((answer): answer is Refuse => answer.type === "refuse");
  const forEver = refusals.filter(({ retryAfterMs }) => retryAfterMs === null);
  if (forEver[0]) return forEver[0];
  const waits = refusals.map(({ retryAfterMs }) => retryAfterMs ?? 0);
  const longest = refusals.find(({ retryAfterMs }) => retryAfterMs === Math.max(...waits));
  if (longest) return longest;
  const delays = answers.map((answer) => (answer.type === "launch" ? answer.delayMs : 0));
  return { type: "launch", delayMs: Math.max(0, ...delays) };
}

/** Whether the last eight refusals are alike. */
function standsStill(refusals: readonly Refuse[]): boolean {
  const last = refusals.slice(-8).map((each) => JSON.stringify(each));
  return last.length === 8 && last.every((each) => each === last[0]);
}

/** States that only a refuser's step has changed; all of them, if nobody refused. */
function keep(states: States, steps: ReturnType<typeof ask>): States {
  const refused = steps.some(([, answer]) => answer.type === "refuse");
  return steps.map(([state, answer], i) =>
    !refused || answer.type === "refuse" ? copy(state) : copy(states[i]),
  );
}

export function twinStep(
  members: readonly RestartPolicy[],
  states: States,
  event: RestartEvent,
  now: number,
): readonly [States, RestartDecision] {
  if (event.type !== "launch") {
    const told = members.map((member, i) => copy(member.step(copy(states[i]), event, now)[0]));
    return [told, { type: "noted" }];
  }
  const steps = ask(members, states, event, now);
  const left = keep(states, steps);
  let answer = judge(steps.map(([, each]) => each));
  if (answer.type !== "refuse") return [left, answer];
  const first = answer;
  const refusals: Refuse[] = [];
  let { reason } = answer;
  let wait = 0;
  for (let looks = 0; answer.type === "refuse"; looks++) {
    reason = answer.reason;
    refusals.push(answer);
    if (standsStill(refusals)) return [left, first];
    if (answer.retryAfterMs === null) return [left, { type: "refuse", reason, retryAfterMs: null }];
    wait += answer.retryAfterMs;
    if (looks === 64) break;
    const later = { ...event, wall: event.wall + wait };
    answer = judge(ask(members, left, later, now + wait).map(([, each]) => each));
  }
  return [left, { type: "refuse", reason, retryAfterMs: wait }];
}
