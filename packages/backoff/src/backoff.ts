// How long until the next one. It never refuses.
//
// - `start` and `operator` launch at once; so does a restart with no exit on record since the reset.
// - Any other restart waits for the delay at its place, counted from 1: the failures since the last
//   reset, at least 1, so that a child which completes in a loop does not spin; or, with
//   `counts: "restarts"`, the restarts allowed before, plus 1.
// - The delay runs from the exit: asked x ms later with the same draw the answer is x less, down to 0.
// - `healthy` and `reset` forget everything. A run of at least `resetAfterMs` forgets what was counted
//   before it ended: if it failed, that failure is the first.
// - Places beyond 2^53-1 stay there. A clock that goes back stands still.

import { launch, type RestartPolicy, readArguments, restartPolicy } from "@steadfast/policy";
import { answered, cappedDelay } from "./curve.js";
import type { BackoffOptions } from "./options.js";
import { readSettings } from "./settings.js";
import { type BackoffState, FRESH, parseState, unlessSame } from "./state.js";

/**
 * Makes restarts wait, longer each time that the child fails again.
 *
 * Decides: `launch` with a delay, never a refusal.
 * Units: milliseconds (or any unit, if all times are in it). `delayMs` may be a fraction, is at least
 * 0, and at most `capMs`, unless a proportional jitter caps before it.
 * Defaults: 200 ms, factor 2, cap 30 s, full jitter.
 * Edges: `capMs` below `initialMs` wins; 0 is legal for every time and means no delay, and for
 * `resetAfterMs` that every exit but a failed spawn forgives. An uptime of exactly `resetAfterMs`
 * forgives; one millisecond less does not.
 * Effect on state: an exit is counted and starts the delay; a launch changes nothing, except that
 * `counts: "restarts"`, `from: "request"` and decorrelated jitter remember the delay that was given.
 * Errors: `PolicyOptionsError` for bad options, and from `step` when a curve or a jitter of your own
 * answers something that is not a number of at least 0.
 * Source: processmanager 0.6 (values, places counted from 1), processkit 3 (reset by uptime), AWS
 * (jitter).
 *
 * @since 0.1.0
 * @example
 * const policy = backoff({ initialMs: 200, factor: 2, capMs: 30_000, jitter: "equal" });
 * const exit = { kind: "failed", error: "boom" } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 0 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0.5, wall: 0 } as const;
 * const [once] = policy.step(policy.initial(), crash, 1_000);
 * policy.step(once, restart, 1_000)[1]; // => { type: "launch", delayMs: 150 }
 * policy.step(once, restart, 1_050)[1]; // => { type: "launch", delayMs: 100 }
 * const [twice] = policy.step(once, crash, 2_000);
 * policy.step(twice, restart, 2_000)[1]; // => { type: "launch", delayMs: 300 }
 */
export function backoff(options: BackoffOptions = {}): RestartPolicy<BackoffState> {
  readArguments("backoff", arguments, 1);
  const settings = readSettings(options);
  const { curve, capMs, jitter, resetAfterMs, counts, firstRestart, from } = settings;
  const remembers = counts === "restarts" || from === "request" || jitter.looksBack === true;

  function delayOf({ count, previousMs }: BackoffState, draw: number): number {
    let place = counts === "restarts" ? count + 1 : Math.max(1, count);
    if (firstRestart === "immediate" && --place === 0) return 0;
    const delayMs = cappedDelay(curve, place, capMs);
    return answered("jitter", jitter.spread(delayMs, draw, capMs, previousMs));
  }

  return restartPolicy<BackoffState>({
    name: "backoff",
    describe: settings.describe,
    initial: () => FRESH,
    exited(state, { exit, failed, uptimeMs }, now) {
      const ran = exit.kind !== "spawn-failed";
      const forgives = ran && resetAfterMs !== null && uptimeMs >= resetAfterMs;
      const before = forgives ? FRESH : state;
      const allowed = before.allowedAt !== null;
      const counted = counts === "restarts" ? allowed : failed;
      return unlessSame(state, {
        count: Math.min(before.count + Number(counted), Number.MAX_SAFE_INTEGER),
        since: from === "launch" ? now - uptimeMs : now,
        allowedAt: null,
        delayMs: 0,
        previousMs: allowed ? before.delayMs : before.previousMs,
      });
    },
    healthy: (state) => unlessSame(state, FRESH),
    launch(state, { cause, draw }, now) {
      if (cause !== "restart" || state.since === null) return [state, launch()];
      const delayMs = delayOf(state, draw);
      const allowedAt = state.allowedAt ?? now;
      const since = from === "request" ? allowedAt : state.since;
      return [
        remembers ? unlessSame(state, { ...state, allowedAt, delayMs }) : state,
        launch(Math.max(0, delayMs - Math.max(0, now - since))),
      ];
    },
    parse: parseState,
  });
}
