// A slot is taken at an instant and is free again once it is `windowMs` old (`closed`: older than
// that). A request is refused while all slots are taken.
//
//   counts    | takes a slot                     | is asked           | is let through unasked
//   launches  | every admitted request           | every request      | -
//   restarts  | every admitted request but start | restart, operator  | start
//   failures  | every exit that failed           | restart            | start, operator
//
// A failure is told before its restart is asked for, so it is among the slots taken then.

import {
  type LaunchAnswer,
  type LaunchEvent,
  launch,
  type Millis,
  noted,
  type RestartPolicy,
  refuse,
} from "@steadfast/policy";
import { readWindow, type SlidingWindowOptions, spanOf } from "./options.js";
import { parseState } from "./parse-state.js";
import {
  add,
  countExpired,
  drop,
  FRESH,
  notBefore,
  type SlidingWindowState,
  stampAt,
} from "./stamps.js";

/**
 * How many in how long.
 *
 * Decides: a request launches at once while fewer than `limit` slots are taken, else it is refused
 * with the reason `window-full`. `retryAfterMs` is exact: asked one millisecond sooner it is refused
 * again, asked then it launches, if nothing happens in between. It is null where no time helps: for
 * limit 0, and where the slot would become free after 2^53-1.
 *
 * Units: whole milliseconds, or whatever whole unit all of `windowMs` and `now` are in.
 * Range, defaults and edges: see `SlidingWindowOptions`. What is exactly `windowMs` old is free again
 * (`half-open`) or still taken (`closed`). Window 0: half-open it never refuses, closed it limits what
 * happens in the same millisecond.
 *
 * Effect on state: an asked request forgets what has expired and takes its slot if it has one. A
 * refusal takes none (unless `recordRefused`) and never prolongs the wait. `healthy` does nothing.
 * `reset` forgets everything. A clock that goes back stands still at the newest stamp. A state written
 * under a larger limit is kept until it expires or the next slot is taken; then the newest stay.
 *
 * Errors: `PolicyOptionsError` for an option out of range or unknown; `PolicyStateError` from `parse`.
 * Sources: epics-base-rs 0.20.2 `RestartTracker` (the defaults), rust-tokio-supervisor 0.1.3
 * `RestartLimitTracker` (`closed`, `failures`), asyn-rs `supervise` (`recordRefused`).
 *
 * @example
 * const window = slidingWindow({ limit: 1, windowMs: 60_000 });
 * const request = { type: "launch", cause: "start", draw: 0, wall: 0 } as const;
 * const [state, first] = window.step(window.initial(), request, 0); // first: { type: "launch", delayMs: 0 }
 * window.step(state, { ...request, cause: "restart" }, 59_999)[1];
 * // { type: "refuse", reason: "window-full", retryAfterMs: 1 }
 */
export function slidingWindow(options: SlidingWindowOptions): RestartPolicy<SlidingWindowState> {
  const filled = readWindow(options);
  const { limit, windowMs, counts, tripAt, recordRefused, limitZero } = filled;
  const unlimited = limit === 0 && limitZero === "unlimited";
  // One run for ever is one slot that is never free again.
  const oneRun = limit === 0 && limitZero === "run-once" && counts === "launches";
  const span = oneRun ? Number.POSITIVE_INFINITY : spanOf(filled);
  const slots = oneRun ? 1 : limit > 0 && tripAt === "over-limit" ? limit + 1 : limit;
  const passes = (cause: LaunchEvent["cause"]) =>
    unlimited ||
    (cause === "start" && counts !== "launches") ||
    (cause === "operator" && counts === "failures");

  function prune(state: SlidingWindowState, at: Millis): SlidingWindowState {
    return drop(state, countExpired(state, at, span));
  }

  /** Takes a slot beside those held. Of more stamps than slots only the newest can ever matter. */
  function take(state: SlidingWindowState, held: SlidingWindowState, at: Millis) {
    const next = drop(add(held, at), held.count + 1 - slots);
    // As many stamps as before, all of this very instant: nothing has changed.
    const isNow = state.tail.at(-1) === at && stampAt(state, 0) === at;
    return isNow && next.count === state.count ? state : next;
  }

  /** Until so many slots are free that one can be taken. */
  function waitMs(state: SlidingWindowState, at: Millis): Millis | null {
    const wait = stampAt(state, state.count - slots) + span - at;
    return wait <= Number.MAX_SAFE_INTEGER - Math.max(at, 0) ? wait : null;
  }

  function ask(state: SlidingWindowState, at: Millis): readonly [SlidingWindowState, LaunchAnswer] {
    const held = prune(state, at);
    const full = held.count >= slots;
    const takes = counts !== "failures" && (recordRefused || !full);
    const next = takes ? take(state, held, at) : held;
    return [next, full ? refuse("window-full", waitMs(next, at)) : launch()];
  }

  const bounded = counts !== "failures" && !unlimited;
  return {
    name: "slidingWindow",
    describe: {
      kind: "slidingWindow",
      options: { ...filled },
      ...(bounded && { limit: counts === "restarts" ? slots + 1 : slots }),
      windowMs,
      timesMs: [windowMs],
    },
    initial: () => FRESH,
    step(state, event, now) {
      const at = notBefore(state, now);
      switch (event.type) {
        case "launch":
          return passes(event.cause) ? [state, launch()] : ask(state, at);
        case "exited":
          if (counts !== "failures" || !event.failed) return [state, noted];
          return [take(state, prune(state, at), at), noted];
        case "reset":
          return [state.count > 0 ? FRESH : state, noted];
        default:
          return [state, noted];
      }
    },
    parse: parseState,
    idle: (state, now) => prune(state, notBefore(state, now)).count === 0,
  };
}
