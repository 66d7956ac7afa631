// A score of failures that fades with time, and a pause of all restarts when it gets too high.
//
// - Each exit that failed makes the score `score * 0.5^(age / halfLifeMs) + 1`, where age is the time
//   since the failure before it; the first failure makes it 1. Other exits do not touch it.
// - The pause begins when the score is above `threshold`. It lasts `pauseMs`: at exactly its end it is
//   over.
// - `hold`: a restart asked in the pause is refused until its end. Failures in the pause (of children
//   that share the budget) go on counting, and each that leaves the score above the threshold begins
//   the pause again. When the pause is over the score is 0.
// - `delay`: a restart asked in the pause launches at its end. The score is 0 as soon as it trips. With
//   `jitter` the first such request draws how long this pause lasts, for all that follow.
// - `start` and `operator` launch at once. `healthy` does nothing: the score fades by itself, and a
//   child that crashes again soon after it was healthy is what the score is for. `reset` forgets all.
// - A clock that goes back stands still.

import {
  launch,
  type Millis,
  type RestartPolicy,
  readArguments,
  readState,
  refuse,
  restartPolicy,
} from "@steadfast/policy";
import { ageOf } from "./age.js";
import { type DecayingBudgetOptions, readDecaying } from "./decaying-options.js";

/**
 * What `decayingBudget` remembers: plain JSON, accepted under any options.
 * @since 0.1.0
 */
export interface DecayingBudgetState {
  /** The score as it was at the last failure. */
  readonly score: number;
  /** When that was. Null: none since the score was last 0. */
  readonly failedAt: Millis | null;
  /** When the present pause began, or the last one if it is over. Null: there is none to mind. */
  readonly pausedAt: Millis | null;
  /** How long that pause lasts, where a request has drawn it. Null: nothing is drawn, or not yet. */
  readonly drawnMs: number | null;
}

const FRESH: DecayingBudgetState = { score: 0, failedAt: null, pausedAt: null, drawnMs: null };

/**
 * Pauses restarts when failures come faster than they fade.
 *
 * Decides: `launch` at once outside a pause; in a pause `refuse` with the reason `crash-storm` and the
 * exact time to its end (`hold`), or `launch` with that time as the delay (`delay`).
 * It never refuses for good.
 * Units: milliseconds (or any unit, if all times are in it); the score has none.
 * Defaults: half-life 30 s, threshold 5, pause 15 s, `hold`.
 * Edges: the score must be *above* the threshold: with threshold 5 and failures at one instant the
 * sixth trips. `threshold` below 1 trips at every failure. `halfLifeMs` 0: nothing is left of earlier
 * failures, so the score is 1. `pauseMs` 0: there is no pause.
 * Effect on state: a failure is scored; with `hold` a restart after the pause sets everything back; with
 * `jitter` the first restart in a pause draws its length.
 * Errors: `PolicyOptionsError` for bad options.
 * Source: suture v4 (`hold`, and the values), processkit 0.8 storm guard (`delay`).
 *
 * @since 0.1.0
 * @example
 * const budget = decayingBudget({ halfLifeMs: 30_000, threshold: 1, pauseMs: 15_000 });
 * const exit = { kind: "failed", error: "boom" } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 0 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [once] = budget.step(budget.initial(), crash, 0);
 * once.score; // => 1
 * budget.step(once, restart, 0)[1]; // => { type: "launch", delayMs: 0 }
 * const [twice] = budget.step(once, crash, 30_000);
 * twice.score; // => 1.5
 * budget.step(twice, restart, 30_000)[1];
 * // => { type: "refuse", reason: "crash-storm", retryAfterMs: 15_000 }
 */
export function decayingBudget(
  options: DecayingBudgetOptions = {},
): RestartPolicy<DecayingBudgetState> {
  readArguments("decayingBudget", arguments, 1);
  const { halfLifeMs, threshold, pauseMs, onTrip, jitter, describe } = readDecaying(options);
  const longestMs = pauseMs * jitter.high;
  const draws = jitter.low < jitter.high;

  /** How long the pause lasts; `draw` decides where nobody has drawn yet. */
  function lengthOf({ drawnMs }: DecayingBudgetState, draw: number): number {
    if (draws && drawnMs !== null) return Math.min(drawnMs, longestMs);
    return Math.min(pauseMs * (jitter.low + (jitter.high - jitter.low) * draw), longestMs);
  }

  /** The state with a pause that is over taken away. */
  function afterPause(state: DecayingBudgetState, now: Millis): DecayingBudgetState {
    if (state.pausedAt === null || ageOf(state.pausedAt, now) < lengthOf(state, 1)) return state;
    return onTrip === "hold" ? FRESH : { ...state, pausedAt: null, drawnMs: null };
  }

  function failed(before: DecayingBudgetState, now: Millis): DecayingBudgetState {
    const fades = halfLifeMs === 0 ? 0 : 0.5 ** (ageOf(before.failedAt, now) / halfLifeMs);
    const score = before.score * fades + 1;
    if (score <= threshold) return { ...before, score, failedAt: now };
    if (onTrip === "hold") return { ...FRESH, score, failedAt: now, pausedAt: now };
    return { ...FRESH, pausedAt: now };
  }

  return restartPolicy<DecayingBudgetState>({
    name: "decayingBudget",
    describe,
    initial: () => FRESH,
    exited(state, exit, now) {
      return exit.failed ? unlessSame(state, failed(afterPause(state, now), now)) : state;
    },
    launch(state, { cause, draw }, now) {
      if (cause !== "restart") return [state, launch()];
      const drawnMs = lengthOf(state, draw);
      const leftMs = drawnMs - ageOf(state.pausedAt, now);
      if (leftMs > 0 && onTrip === "hold") {
        return [state, refuse("crash-storm", leftMs)];
      }
      const asked = draws && state.pausedAt !== null ? { ...state, drawnMs } : state;
      return [unlessSame(state, afterPause(asked, now)), launch(Math.max(0, leftMs))];
    },
    parse(raw, now) {
      const read = readState(raw);
      return {
        score: read.finite("score"),
        failedAt: read.instant("failedAt", now),
        pausedAt: read.instant("pausedAt", now),
        drawnMs: read.raw("drawnMs") === null ? null : read.finite("drawnMs"),
      };
    },
  });
}

function unlessSame(state: DecayingBudgetState, next: DecayingBudgetState): DecayingBudgetState {
  const same =
    state.score === next.score &&
    state.failedAt === next.failedAt &&
    state.pausedAt === next.pausedAt &&
    state.drawnMs === next.drawnMs;
  return same ? state : next;
}
