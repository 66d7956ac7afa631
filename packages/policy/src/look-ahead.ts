// A hint is checked, not assumed: the same request is put again at the instant hinted, on the state
// the refusal left and with `wall` moved along, until it is granted or refused for good. For steady
// members (once willing, willing until an event) one look confirms the hint. After 64 looks, and
// beyond 2^53-1, it is a lower bound.

import type { Millis } from "./policy.js";
import { type LaunchEvent, type Refuse, type RestartDecision, refuse } from "./restart.js";

const LOOKS = 64;

/** The answer to a request if it were put at that instant. */
export type Ask = (event: LaunchEvent, now: Millis) => RestartDecision;

/** The request as it would be put `waitMs` later. */
export function later(event: LaunchEvent, waitMs: Millis): LaunchEvent {
  return { ...event, wall: event.wall + waitMs };
}

/** Follows a refusal to the instant at which `ask` grants the request: a refusal with that hint. */
export function lookAhead(ask: Ask, event: LaunchEvent, now: Millis, first: Refuse): Refuse {
  let { reason, retryAfterMs: wait } = first;
  for (let look = 0; look < LOOKS; look++) {
    if (wait === null || wait > Number.MAX_SAFE_INTEGER - now) break;
    const again = ask(later(event, wait), now + wait);
    if (again.type !== "refuse") break;
    reason = again.reason;
    wait = again.retryAfterMs === null ? null : wait + again.retryAfterMs;
  }
  return refuse(reason, wait === null ? null : Math.min(wait, Number.MAX_SAFE_INTEGER));
}
