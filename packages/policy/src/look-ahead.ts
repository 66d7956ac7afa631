// A hint is checked, not assumed: the same request is put again at the instant hinted, on the state
// the refusal left and with `wall` moved along, until it is granted or refused for good. For steady
// members (once willing, willing until an event) one look confirms the hint. After 64 looks, and
// beyond 2^53-1, it is a lower bound.
//
// A clock that went back far behind the instants of the state stands still for it: every look meets
// the same refusal. Eight alike in a row, and the search is over: the hint is the first one, as far
// as the members know, however far back the clock is.

import type { Millis } from "./policy.js";
import { type LaunchEvent, type Refuse, type RestartDecision, refuse } from "./restart.js";

const LOOKS = 64;
const ALIKE = 8;

/** The answer to a request if it were put at that instant. */
export type Ask = (event: LaunchEvent, now: Millis) => RestartDecision;

/** The request as it would be put `waitMs` later. */
export function later(event: LaunchEvent, waitMs: Millis): LaunchEvent {
  return waitMs === 0 ? event : { ...event, wall: event.wall + waitMs };
}

/**
 * A hint, told from `waitMs` before the instant for which it was given: at most 2^53-1. One that is
 * out of range already breaks the contract, and is left as it is, so that it shows.
 */
export function postponed(hint: Millis | null, waitMs: Millis): Millis | null {
  if (hint === null || hint > Number.MAX_SAFE_INTEGER) return hint;
  return Math.min(Number.MAX_SAFE_INTEGER, waitMs + hint);
}

/** Where a search came to. */
export interface Found {
  /** The refusal, with the hint as far as it is known. */
  readonly refusal: Refuse;
  /** What was answered at the hint, if that was no refusal. */
  readonly granted: RestartDecision | null;
}

/** Follows a refusal to an instant at which `ask` grants the request. */
export function follow(ask: Ask, event: LaunchEvent, now: Millis, first: Refuse): Found {
  let last = first;
  let wait = first.retryAfterMs;
  let alike = 1;
  for (let look = 0; look < LOOKS; look++) {
    if (wait === null || wait > Number.MAX_SAFE_INTEGER - now) break;
    const again = ask(later(event, wait), now + wait);
    if (again.type !== "refuse") return { refusal: refuse(last.reason, wait), granted: again };
    const same = again.reason === last.reason && again.retryAfterMs === last.retryAfterMs;
    alike = same ? alike + 1 : 1;
    if (alike === ALIKE) return { refusal: first, granted: null };
    last = again;
    wait = postponed(again.retryAfterMs, wait);
  }
  return { refusal: refuse(last.reason, wait), granted: null };
}

/** A refusal with the hint at which `ask` grants the request. */
export function lookAhead(ask: Ask, event: LaunchEvent, now: Millis, first: Refuse): Refuse {
  return follow(ask, event, now, first).refusal;
}

/**
 * Follows a refusal to the first instant at which `ask` grants the request, where hints may be too
 * long: what is granted once is taken to be granted from then on, so that halving finds the first.
 */
export function firstGrant(ask: Ask, event: LaunchEvent, now: Millis, first: Refuse): Refuse {
  let { reason, retryAfterMs: granted } = lookAhead(ask, event, now, first);
  if (granted === null) return refuse(reason, granted);
  let refused = 0;
  let probe = granted - 1; // where the hint was right, this one probe shows it
  while (probe > refused) {
    const answer = ask(later(event, probe), now + probe);
    if (answer.type === "refuse") {
      refused = probe;
      reason = answer.reason;
    } else {
      granted = probe;
    }
    probe = refused + Math.floor((granted - refused) / 2);
  }
  return refuse(reason, granted);
}
