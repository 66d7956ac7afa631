// When the answer to the same request changes, with nothing in between and the same draw.
//
// - A refusal with a time: at that time, asked again on the state that the refusal left. Never: never.
// - A delay: when it is over, asked then instead of now. A delay that runs from the request does not
//   get shorter by waiting: the instant is when the child comes up, and the answer is the same then.
// - A launch at once: instants are tried that the description's times and the instants in the states
//   suggest; where one answers otherwise, halving finds the millisecond.

import type { LaunchEvent, Millis, RestartDecision, RestartPolicy } from "@steadfast/policy";
import { type Asked, leavesOf, moved } from "./asked.js";
import { countersOf } from "./counters.js";
import type { Explanation } from "./explanation.js";

export type Change = Pick<Explanation, "changesAt" | "changesTo" | "certainty">;

export const NO_CHANGE: Change = { changesAt: null, changesTo: null, certainty: "none" };
const MOST_TRIED = 1_000;

export function changeOf(asked: Asked, event: LaunchEvent, now: Millis): Change {
  const { policy, before, after, decision } = asked;
  if (decision?.type === "refuse") {
    return named(policy, after, event, now, decision, decision.retryAfterMs);
  }
  if (decision?.type !== "launch") return NO_CHANGE;
  if (decision.delayMs > 0) {
    return named(policy, before, event, now, decision, Math.ceil(decision.delayMs));
  }
  return tried(asked, event, now);
}

/** The policy itself named the instant; what it answers there, and one before, shows whether it is right. */
function named(
  policy: RestartPolicy,
  state: unknown,
  event: LaunchEvent,
  now: Millis,
  decision: RestartDecision,
  waitMs: Millis | null,
): Change {
  if (waitMs === null || waitMs > Number.MAX_SAFE_INTEGER - now) return NO_CHANGE;
  const at = (ms: Millis) => policy.step(state, moved(event, ms), now + ms)[1];
  const changesTo = at(waitMs);
  const before = waitMs === 1 ? decision : at(waitMs - 1);
  const exact = !isWait(changesTo) && isWait(before);
  return { changesAt: now + waitMs, changesTo, certainty: exact ? "exact" : "bound" };
}

/** An answer that is not "go now". */
function isWait(decision: RestartDecision): boolean {
  return decision.type === "refuse" || (decision.type === "launch" && decision.delayMs > 0);
}

function tried(asked: Asked, event: LaunchEvent, now: Millis): Change {
  const { policy, before } = asked;
  const at = (instant: Millis) => policy.step(before, moved(event, instant - now), instant)[1];
  let same = now;
  for (const instant of instantsOf(asked, now)) {
    let other = instant;
    if (!isWait(at(instant))) {
      same = instant;
      continue;
    }
    while (other - same > 1) {
      const middle = same + Math.floor((other - same) / 2);
      if (isWait(at(middle))) other = middle;
      else same = middle;
    }
    return { changesAt: other, changesTo: at(other), certainty: "found" };
  }
  return NO_CHANGE;
}

/** Instants after `now` that are some time of the policy away from now or from an instant in a state. */
function instantsOf(asked: Asked, now: Millis): readonly Millis[] {
  const instants = new Set<Millis>();
  for (const { policy, before } of leavesOf(asked)) {
    const counted = Object.values(countersOf(policy, before));
    const anchors = [
      now,
      ...counted.filter((one) => Number.isSafeInteger(one) && Number(one) < now),
    ];
    const times = [...new Set(policy.describe.timesMs)];
    for (const anchor of anchors) {
      for (const ms of times) instants.add(Number(anchor) + ms).add(Number(anchor) + ms + 1);
    }
  }
  return [...instants]
    .filter((instant) => instant > now && Number.isSafeInteger(instant))
    .sort((one, other) => one - other)
    .slice(0, MOST_TRIED);
}
