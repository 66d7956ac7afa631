// Whose answer it was.
//
// - A refusal: the member whose wait and reason it has; where a composition looked ahead and the hint is
//   another member's, the member that still refuses one millisecond before the hint.
// - A delay: the member with the longest one, the first of several. Where delays add, the same.
// - A delay that `waitOut` made of a "not yet": the member whose "not yet" it was.
// - A launch at once, and a fact that is noted: nobody alone, so the policy itself.

import type { LaunchEvent, Millis, Refuse, RestartEvent } from "@steadfast/policy";
import { type Asked, ask, moved } from "./asked.js";

/** As many looks into the future as a composition takes. */
const LOOKS = 64;

export interface Decider {
  readonly asked: Asked;
  /** Its state at the time of the decision. */
  readonly state: unknown;
}

/** The member that decided. `now` is the instant at which `asked` was asked. */
export function deciderOf(asked: Asked, event: RestartEvent, now: Millis): Decider {
  const { decision, parts } = asked;
  const self = { asked, state: asked.after };
  if (parts.length === 0 || decision === null || event.type !== "launch") return self;
  if (asked.policy.wraps) {
    const [inner] = parts as [Asked];
    const within = deciderOf(inner, event, now);
    const waits = asked.policy.describe.kind === "waitOut" && inner.decision?.type === "refuse";
    return waits || inner.decision?.type === decision.type ? within : self;
  }
  if (decision.type === "launch") {
    const longest = Math.max(...parts.map(delayOf));
    const slowest = longest > 0 && parts.find((part) => delayOf(part) === longest);
    return slowest ? deciderOf(slowest, event, now) : self;
  }
  if (decision.type === "refuse") return refuserOf(asked, decision, event, now) ?? self;
  return self;
}

function refuserOf(asked: Asked, refusal: Refuse, event: LaunchEvent, now: Millis): Decider | null {
  const here = firstRefuser(asked.parts);
  const own = here?.decision;
  const same = own?.type === "refuse" && own.reason === refusal.reason;
  if (here && same && own.retryAfterMs === refusal.retryAfterMs) return deciderOf(here, event, now);
  const late = refusal.retryAfterMs === null ? whoEnds : whoHolds;
  const { part, ms } = late(asked, event, now, refusal.retryAfterMs) ?? { part: here, ms: 0 };
  if (!part) return null;
  const { asked: decider } = deciderOf(part, moved(event, ms), now + ms);
  return { asked: decider, state: decider.before };
}

interface Late {
  readonly part: Asked;
  /** How much later than now it refuses. */
  readonly ms: Millis;
}

/** Who refuses, if the same is asked `ms` later on the states that the refusal left behind. */
function refuserAfter(asked: Asked, event: LaunchEvent, now: Millis, ms: Millis): Late | null {
  const { policy, after, path } = asked;
  const part = firstRefuser(ask(policy, after, moved(event, ms), now + ms, path).parts);
  return part ? { part, ms } : null;
}

/** Who still refuses one millisecond before the hint. */
function whoHolds(asked: Asked, event: LaunchEvent, now: Millis, hint: Millis | null): Late | null {
  const ms = Math.min((hint ?? 1) - 1, Number.MAX_SAFE_INTEGER - now);
  return refuserAfter(asked, event, now, ms);
}

/** Who says never, at the end of a chain of hints. */
function whoEnds(asked: Asked, event: LaunchEvent, now: Millis): Late | null {
  let late = refuserAfter(asked, event, now, 0);
  for (let look = 0; late && look < LOOKS; look++) {
    const wait = waitOf(late.part);
    if (wait === Number.POSITIVE_INFINITY) return late;
    if (late.ms + wait > Number.MAX_SAFE_INTEGER - now) return null;
    late = refuserAfter(asked, event, now, late.ms + wait);
  }
  return null;
}

/** The first of those with the strictest refusal: never, then the longest wait. */
function firstRefuser(parts: readonly Asked[]): Asked | undefined {
  const strictest = Math.max(...parts.map(waitOf));
  return strictest > 0 ? parts.find((part) => waitOf(part) === strictest) : undefined;
}

function waitOf({ decision }: Asked): number {
  return decision?.type === "refuse" ? (decision.retryAfterMs ?? Number.POSITIVE_INFINITY) : 0;
}

function delayOf({ decision }: Asked): number {
  return decision?.type === "launch" ? decision.delayMs : 0;
}
