// running-process `SpawnCoordinator`: so many spawn attempts per window, whatever becomes of them.
//
// - The first attempt opens a window, which holds it and the rest of `maxAttempts`; more are refused
//   until its end, and do not count. At exactly the end the next window begins.
// - A healthy run opens a new window with nothing in it.
// - The first refusal of a window has the reason `spawn-storm`, the others `budget-spent`.
// - Attempts of any cause count, an operator's, too.

import { crashBudget } from "@steadfast/crash-budget";
import { isFailure, readArguments, readOptions } from "@steadfast/policy";
import { named } from "./named.js";
import type { Preset } from "./preset.js";
import { type RunningProcessSpawnState, stormSignal } from "./storm-signal.js";

/**
 * The fields of running-process' `SpawnBudgetConfig`; all have its defaults.
 * @since 0.1.0
 */
export interface RunningProcessSpawnOptions {
  /** The most spawn attempts in a window: a whole number from 0 to 2^53-1; 0 becomes 1. Default 3. */
  readonly maxAttempts?: number;
  /** How long a window lasts, in whole milliseconds from 0 to 2^53-1; 0 becomes 1. Default 30 000. */
  readonly windowMs?: number;
}

/**
 * Restarts as running-process 4.5.5 `SpawnCoordinator` allows: at once, three launches in a window, then not yet.
 *
 * Decides: `maxAttempts` launches per window, the first included, then "not yet" until its end.
 * Every exit is followed by a request. Units: milliseconds. Defaults: 3 in 30 s.
 * Edge: at exactly the window's end a launch is let through, and opens the next.
 * Known surprises: there is no delay, so a crash loop has its three launches within a moment, every 30 s.
 * A success forgets the attempts before it: with `readiness: "explicit"` and `healthyAfterMs: 0` it is
 * what the source calls one, a backend that was verified; otherwise, a run of 10 s.
 * Errors: `PolicyOptionsError`. Effect: none, and the policy has no memory but its state.
 * Source: running-process 4.5.5, `SpawnCoordinator::try_begin`, `finish`.
 *
 * @since 0.1.0
 * @example
 * const { policy } = runningProcessSpawn({ maxAttempts: 1 });
 * const child = cell(policy, { clock: () => 0, random: () => 0 });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "spawn-storm", retryAfterMs: 30_000 }
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "budget-spent", retryAfterMs: 30_000 }
 */
export function runningProcessSpawn(
  options: RunningProcessSpawnOptions = {},
): Preset<RunningProcessSpawnState> {
  readArguments("runningProcessSpawn", arguments, 1);
  const read = readOptions("runningProcessSpawn", options);
  const most = Math.max(1, read.whole("maxAttempts", { default: 3 }));
  const windowMs = Math.max(1, read.whole("windowMs", { default: 30_000 }));
  read.end();
  return {
    policy: named(
      "runningProcessSpawn",
      { maxAttempts: most, windowMs },
      stormSignal(
        crashBudget({
          retries: most - 1,
          windowMs,
          retryDelayMs: 0,
          counts: "launches",
          onHealthy: "re-anchor",
        }),
      ),
    ),
    isFailure,
    onNotYet: "wait",
    operatorLaunches: "ask",
  };
}
