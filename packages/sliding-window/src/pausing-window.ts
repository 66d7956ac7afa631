// A window of failures that is followed by a pause, which may be longer than the window.
//
// - The failure that fills the window begins a pause, from that instant; the window is empty again.
// - In a pause a restart is refused until its end, which is exact. What fails meanwhile (children that share the
//   policy) counts for nothing: the pause is its consequence.
// - A pause follows the one before in a row if the first of the failures that made it came less than `windowMs`
//   after the end of that one. A child that keeps failing in this way gets there, however slowly it fails.
// - One pause in a row more than `maxPauses` is the end: refused for good, until a `reset`.
// - `start` and `operator` launch without being asked about. `healthy` forgets nothing: what forgets is time.
// - A clock that goes back stands still.

import {
  type ExitedEvent,
  launch,
  type Millis,
  type RestartPolicy,
  readArguments,
  readState,
  refuse,
  restartPolicy,
  within,
} from "@steadfast/policy";
import { type PausingWindowOptions, readPausing } from "./pausing-options.js";
import { slidingWindow } from "./sliding-window.js";
import { notBefore, type SlidingWindowState } from "./stamps.js";

/**
 * What a `pausingWindow` remembers. Plain JSON, and independent of the options.
 * @since 0.1.0
 */
export interface PausingWindowState {
  /** The failures since the last pause. */
  readonly window: SlidingWindowState;
  /** When the present pause began. Null: there is none, or it was found to be over. */
  readonly pausedAt: Millis | null;
  /** When the last pause ended that was found to be over. Null: none was, or there is another since. */
  readonly endedAt: Millis | null;
  /** How many pauses in a row there were, the present or last one included. It stays at 2^53-1. */
  readonly pauses: number;
}

const RESTART = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;

/**
 * Pauses the restarts for a time of its own after so many failures in so long.
 *
 * Decides: a restart launches at once outside a pause; in a pause it is refused with the reason `crash-storm` and
 * the exact time to its end; after `maxPauses` of them in a row it is refused for good with `budget-spent`. Two pauses
 * are in a row if the first of the failures that made the second came less than `windowMs` after the end of the first.
 * Units: whole milliseconds, or whatever whole unit all times are in.
 * Range, defaults: see `PausingWindowOptions`; no limit of pauses unless one is given.
 * Edges: exactly `pauseMs` after the failure that began it the pause is over; a failure exactly `windowMs` old no
 * longer counts (`half-open`) or still does (`closed`), and so it is with the time since the last pause.
 * `limit` 1: every failure begins a pause. `pauseMs` 0: there is no pause, but it is counted. `maxPauses` 0: the
 * first is the end, as in `giveUp(slidingWindow({ counts: "failures" }))`.
 * Effect on state: a failure outside a pause is counted; the first event after a pause notes that it is
 * over. A refusal changes nothing. `reset` forgets everything.
 * Errors: `PolicyOptionsError` for an option out of range or unknown; `PolicyStateError` from `parse`.
 * Sources: "3 failures in 2 minutes, then wait 5" as users ask for it; circus' flapping plugin (pauses in a row,
 * then the end), whose groups of exits do not overlap.
 *
 * Several of them in `allOf` are tiers: the longest pause wins, and each counts what the others paused for.
 *
 * @since 0.1.0
 * @example
 * const window = pausingWindow({ limit: 3, windowMs: 120_000, pauseMs: 300_000, maxPauses: 1 });
 * const exit = { kind: "failed", code: 1 } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 0 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * let state = window.initial();
 * const answers = [0, 1_000, 2_000, 302_000, 303_000, 304_000].map((now) => {
 *   [state] = window.step(state, crash, now);
 *   return window.step(state, restart, now)[1];
 * });
 * answers[1]; // => { type: "launch", delayMs: 0 }
 * answers[2]; // => { type: "refuse", reason: "crash-storm", retryAfterMs: 300_000 }
 * answers[4]; // => { type: "launch", delayMs: 0 }
 * answers[5]; // => { type: "refuse", reason: "budget-spent", retryAfterMs: null }
 */
export function pausingWindow(options: PausingWindowOptions): RestartPolicy<PausingWindowState> {
  readArguments("pausingWindow", arguments, 1);
  const filled = readPausing(options);
  const { limit, windowMs, pauseMs, maxPauses, edge } = filled;
  const window = slidingWindow({ limit, windowMs, edge, counts: "failures" });
  const spanMs = edge === "closed" ? windowMs + 1 : windowMs;
  const none = window.initial();
  const fresh: PausingWindowState = { window: none, pausedAt: null, endedAt: null, pauses: 0 };

  const isOver = ({ pauses }: PausingWindowState) => maxPauses !== null && pauses > maxPauses;

  /** How much longer the present pause lasts; 0 or less if it is over, or if there is none. */
  const leftOf = ({ pausedAt }: PausingWindowState, now: Millis) =>
    pausedAt === null ? 0 : pauseMs - Math.max(0, now - pausedAt);

  /** The state with a pause that is over noted as such: a clock that goes back does not bring it back. */
  function afterPause(state: PausingWindowState, now: Millis): PausingWindowState {
    const { pausedAt } = state;
    if (pausedAt === null || leftOf(state, now) > 0) return state;
    return { ...state, pausedAt: null, endedAt: pausedAt + pauseMs };
  }

  /**
   * The state with a pause that begins now; `leftMs` is how much longer its first failure would have counted. Null:
   * beyond 2^53-1, and it is taken for the oldest that still counts.
   */
  function paused({ endedAt, pauses }: PausingWindowState, now: Millis, leftMs: Millis | null) {
    const firstAt = now + (leftMs ?? 0) - spanMs;
    const inRow = endedAt !== null && firstAt - endedAt < spanMs;
    const count = inRow ? Math.min(pauses + 1, Number.MAX_SAFE_INTEGER) : 1;
    return { window: none, pausedAt: now, endedAt: null, pauses: count };
  }

  function failed(before: PausingWindowState, event: ExitedEvent, at: Millis): PausingWindowState {
    if (isOver(before) || leftOf(before, at) > 0) return before;
    const state = afterPause(before, at);
    const now = notBefore(state.window, Math.max(at, state.endedAt ?? at));
    const [next] = window.step(state.window, event, now);
    const [, answer] = window.step(next, RESTART, now);
    if (answer.type === "refuse") return paused(state, now, answer.retryAfterMs);
    return next === state.window ? state : { ...state, window: next };
  }

  return restartPolicy<PausingWindowState>({
    name: "pausingWindow",
    describe: {
      options: filled,
      timesMs: [windowMs, pauseMs].filter((ms) => ms > 0),
    },
    initial: () => fresh,
    exited: (state, event, now) =>
      event.failed ? failed(state, event, now) : afterPause(state, now),
    healthy: (state, _, now) => afterPause(state, now),
    launch(state, { cause }, now) {
      if (cause !== "restart") return [afterPause(state, now), launch()];
      if (isOver(state)) return [state, refuse("budget-spent", null)];
      const leftMs = leftOf(state, now);
      return leftMs > 0
        ? [state, refuse("crash-storm", leftMs)]
        : [afterPause(state, now), launch()];
    },
    parse(raw, now) {
      const read = readState(raw);
      return {
        window: within("window", () => window.parse(read.raw("window"), now)),
        pausedAt: read.instant("pausedAt", now),
        endedAt: read.instant("endedAt", now),
        pauses: read.whole("pauses"),
      };
    },
    idle(state, now) {
      if (isOver(state)) return false;
      const { pausedAt, endedAt, window: held } = afterPause(state, now);
      const isCalm = maxPauses === null || endedAt === null || now - endedAt >= spanMs;
      return pausedAt === null && isCalm && (window.idle?.(held, now) ?? false);
    },
  });
}
