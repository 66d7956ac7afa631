// The time for all attempts together. It means what `deadlineMs` of `retry` means:
//
// - It runs from `begin`; for a child of a tree from its first start, and again from a start after it was done or
//   terminated. A saved state goes on with it, also where it was over meanwhile, and has no more left than it had; one
//   from before there was a deadline counts from the `begin` that takes it up. A clock that goes back does not move it.
// - At exactly this age it is over, looked at late or not: that the host was away excuses nobody here.
// - An attempt that is there is ended as by a stop, with grace period and escalation; its exit is a fact for the
//   policy, and no question. A wait, a pause, a hold or an open question to a remote policy ends at once, and the
//   answer that comes later is stale. So does a restart that was ordered and waits for the end of the attempt.
// - A next attempt, or another question, that would come then or later is refused at once, and for good, whatever
//   `onNotYet` and `onRefused` say. The policy is asked before: what it refuses for good keeps its own reason. A
//   shared budget gets back what it gave.
// - Of what is due at one instant it comes first, also before an order; only a stop and a kill come before it. What
//   is reported of a child that nobody had asked to end counts first: a result at that instant is a result.
// - 0: the policy is asked, and there is no attempt. Infinity, and left out: none.

import { type LaunchAnswer, type Millis, type Refuse, refuse } from "@steadfast/policy";
import type { Rules } from "./rules.js";
import { instantAfter } from "./seat.js";

export const TOO_LATE: Refuse = /* @__PURE__ */ refuse("deadline", null);

/** When it is over; null for never. */
export function overAt({ settings }: Rules, begunAt: Millis | undefined): Millis | null {
  const { deadlineMs } = settings;
  return deadlineMs === null || begunAt === undefined ? null : instantAfter(begunAt, deadlineMs);
}

/** The instant at which an answer leads to an attempt, or to another question; Infinity for never. */
export function nextAt(answer: LaunchAnswer, now: Millis, lingeredMs: Millis): Millis {
  if (answer.type === "launch")
    return Math.max(now, instantAfter(now - lingeredMs, answer.delayMs));
  return answer.retryAfterMs === null ? Infinity : instantAfter(now, answer.retryAfterMs);
}
