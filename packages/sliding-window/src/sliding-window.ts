// A slot is taken at an instant and is free again once it is `windowMs` old (`closed`: older than
// that). A request is refused while all slots are taken.
//
//   counts    | takes a slot                     | is asked           | launches without asking
//   launches  | every admitted request           | every request      | -
//   restarts  | every admitted request but start | restart, operator  | start
//   failures  | every exit that failed           | restart            | start, operator
//
// A failure is reported before its restart is asked for, so it is among the slots taken then.

import {
  type LaunchAnswer,
  type LaunchEvent,
  launch,
  type Millis,
  noted,
  type RestartPolicy,
  readArguments,
  refuse,
} from "@steadfast/policy";
import { readWindow, type SlidingWindowOptions } from "./options.js";
import { parseState } from "./parse-state.js";
import { append, endOf, FRESH, notBefore, release, type SlidingWindowState } from "./stamps.js";

/**
 * Limits how many launches, restarts or failures there may be in any window of time.
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
 * @since 0.1.0
 * @example
 * const window = slidingWindow({ limit: 1, windowMs: 60_000 });
 * const request = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [state, first] = window.step(window.initial(), request, 0);
 * first; // => { type: "launch", delayMs: 0 }
 * window.step(state, request, 59_999)[1];
 * // => { type: "refuse", reason: "window-full", retryAfterMs: 1 }
 * window.step(state, request, 60_000)[1]; // => { type: "launch", delayMs: 0 }
 */
export function slidingWindow(options: SlidingWindowOptions): RestartPolicy<SlidingWindowState> {
  readArguments("slidingWindow", arguments, 1);
  const filled = readWindow(options);
  const { limit, windowMs, edge, counts, tripAt, recordRefused, limitZero } = filled;
  const zero = limit === 0 && limitZero;
  const unlimited = zero === "unlimited";
  const oneRun = zero === "run-once" && counts === "launches";
  // With whole instants a closed window is the half-open one a millisecond longer. One run forever is
  // one slot that is never free again.
  const span = oneRun ? Infinity : edge === "closed" ? windowMs + 1 : windowMs;
  const slots = oneRun ? 1 : zero || tripAt === "limit" ? limit : limit + 1;
  const byFailures = counts === "failures";

  const surplus = (_: Millis, rank: number) => rank > slots;
  const prune = (state: SlidingWindowState, at: Millis) =>
    release(state, (stamp) => at - stamp >= span);
  const passes = (cause: LaunchEvent["cause"]) =>
    unlimited || (byFailures ? cause !== "restart" : counts === "restarts" && cause === "start");

  /** Takes a slot beside those held. Of more stamps than slots only the newest can ever matter. */
  function take(state: SlidingWindowState, held: SlidingWindowState, at: Millis) {
    const next = release({ count: held.count + 1, stamps: append(held.stamps, at) }, surplus);
    // As many stamps as before, all of them of this very instant: nothing has changed.
    return next.count === state.count && (endOf(state.stamps, 0) ?? at) === at ? state : next;
  }

  /** Until a slot is free: until the oldest stamp that is no surplus expires. Limit 0 has none (NaN). */
  function waitMs(state: SlidingWindowState, at: Millis): Millis | null {
    const wait = (endOf(release(state, surplus).stamps, 0) as Millis) + span - at;
    return wait <= Number.MAX_SAFE_INTEGER - Math.max(at, 0) ? wait : null;
  }

  function ask(state: SlidingWindowState, at: Millis): readonly [SlidingWindowState, LaunchAnswer] {
    const held = prune(state, at);
    const full = held.count >= slots;
    const next = byFailures || (full && !recordRefused) ? held : take(state, held, at);
    return [next, full ? refuse("window-full", waitMs(next, at)) : launch()];
  }

  return {
    name: "slidingWindow",
    describe: {
      kind: "slidingWindow",
      options: filled,
      ...(!byFailures && !unlimited && { limit: counts === "restarts" ? slots + 1 : slots }),
      windowMs,
      timesMs: [windowMs],
    },
    initial: () => FRESH,
    step(state, event, now) {
      const at = notBefore(state, now);
      if (event.type === "launch") return passes(event.cause) ? [state, launch()] : ask(state, at);
      if (event.type === "reset" && state.count > 0) return [FRESH, noted];
      const counted = byFailures && event.type === "exited" && event.failed;
      return [counted ? take(state, prune(state, at), at) : state, noted];
    },
    parse: parseState,
    idle: (state, now) => prune(state, notBefore(state, now)).count === 0,
  };
}
