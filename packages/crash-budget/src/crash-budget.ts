// One child's crashes in a fixed window: so many retries, then a refusal until the window ends.
//
// - The window is opened by the first crash (an exit that failed), and is `windowMs` long: a crash at
//   exactly its end opens the next one. Later crashes, retried or refused, do not move it.
// - In a window, `retries` crashes are retried, each `retryDelayMs` after its exit. After one more, no
//   restart until the window has ended; the hint is the time to its end, and is exact.
// - A restart asked at the window's end or later is allowed. It opens no window: the next crash does.
// - An exit that did not fail is no crash. Its restart waits `retryDelayMs` and costs nothing, but in
//   a window whose retries are spent it is refused like any other.
// - `healthy` forgets (or see `onHealthy`), `reset` forgets. `start` and `operator` launch at once.
// - With `counts: "launches"` the window is opened by a launch of any cause, the first one included,
//   and holds it and `retries` more; crashes do not count.
// - A clock that goes back stands still: the window then has its whole length left.

import {
  launch,
  type Millis,
  type RestartPolicy,
  readArguments,
  refuse,
  restartPolicy,
} from "@steadfast/policy";
import { ageOf } from "./age.js";
import { type CrashBudgetOptions, readSettings } from "./options.js";
import { type CrashBudgetState, FRESH, parseState, unlessSame } from "./state.js";

/**
 * Retries a crashed child a few times, then says for how long it is not to be tried again.
 *
 * Decides: `launch`, after `retryDelayMs` from the exit where there was one; or `refuse` with the
 * reason `budget-spent` and the time to the window's end: refused one millisecond sooner, allowed at
 * it. Never refuses for good.
 * Units: milliseconds (or any unit, if all times are in it).
 * Defaults: 1 retry, 250 ms after the exit, in 30 s.
 * Edges: `retries` 0 refuses every restart until the window ends; `windowMs` 0 means that no window
 * lasts, so every crash is retried; `retryDelayMs` 0 retries at once. A retry delay may be longer than
 * the window: then the next crash opens the next window.
 * Effect on state: an exit is counted; a launch changes nothing, except where launches are counted. A
 * refusal changes nothing.
 * Errors: `PolicyOptionsError` for bad options.
 * Source: running-process 4.5 `BackendRecoveryState`; `counts: "launches"` its `SpawnCoordinator`.
 *
 * @since 0.1.0
 * @example
 * const budget = crashBudget({ retries: 1, windowMs: 30_000, retryDelayMs: 250 });
 * const exit = { kind: "failed", error: "boom" } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 0 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [once] = budget.step(budget.initial(), crash, 0);
 * budget.step(once, restart, 0)[1]; // => { type: "launch", delayMs: 250 }
 * const [twice] = budget.step(once, crash, 2_000);
 * budget.step(twice, restart, 2_000)[1];
 * // => { type: "refuse", reason: "budget-spent", retryAfterMs: 28_000 }
 */
export function crashBudget(options: CrashBudgetOptions = {}): RestartPolicy<CrashBudgetState> {
  readArguments("crashBudget", arguments, 1);
  const settings = readSettings(options);
  const { retries, lastsMs, retryDelayMs, counts, onHealthy } = settings;

  /** The state with one more counted, in a new window if the old one has ended. */
  function spend(state: CrashBudgetState, now: Millis): CrashBudgetState {
    if (ageOf(state.openedAt, now) >= lastsMs) return { ...state, openedAt: now, count: 1 };
    return { ...state, count: Math.min(state.count + 1, Number.MAX_SAFE_INTEGER) };
  }

  return restartPolicy<CrashBudgetState>({
    name: "crashBudget",
    describe: settings.describe,
    initial: () => FRESH,
    exited(state, { failed }, now) {
      const spent = failed && counts === "failures" ? spend(state, now) : state;
      return unlessSame(state, { ...spent, exitedAt: now });
    },
    healthy(state, _, now) {
      const kept = onHealthy === "ignore" ? { ...state, exitedAt: null } : FRESH;
      return unlessSame(state, onHealthy === "re-anchor" ? { ...kept, openedAt: now } : kept);
    },
    launch(state, { cause }, now) {
      const restart = cause === "restart";
      const leftMs = lastsMs - ageOf(state.openedAt, now);
      if ((restart || counts === "launches") && leftMs > 0 && state.count > retries) {
        return [state, refuse("budget-spent", leftMs)];
      }
      const delayMs = restart ? Math.max(0, retryDelayMs - ageOf(state.exitedAt, now)) : 0;
      const spent = counts === "launches" ? unlessSame(state, spend(state, now)) : state;
      return [spent, launch(delayMs)];
    },
    parse: parseState,
    idle: ({ openedAt, exitedAt }, now) => exitedAt === null && ageOf(openedAt, now) >= lastsMs,
  });
}
