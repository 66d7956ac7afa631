// epics-base-rs `supervise`: ask, record, wait, launch.
//
// - A launch is admitted while fewer than `maxRestarts` were admitted in the window; what is exactly
//   `windowMs` old no longer counts. The first launch is one of them.
// - What is refused is not recorded, and ends it: the last error is the outcome's cause.
// - Before every launch but the first it waits `delayMs`, after it was admitted: the window holds the
//   instants of failures, not of launches, and the last refusal comes at once.

import { backoff, constant } from "@steadfast/backoff";
import { type AllOfState, allOf, readArguments, readOptions, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { named } from "./named.js";
import { notCompleted } from "./not-completed.js";
import type { Preset } from "./preset.js";

/**
 * The fields of epics-base-rs' `RestartPolicy`; all have its defaults.
 * @since 0.1.0
 */
export interface EpicsSuperviseOptions {
  /**
   * The most launches in a window, the first one included: a whole number from 0 to 2^53-1. 0 runs once
   * all the same. Default 10.
   */
  readonly maxRestarts?: number;
  /** How long a launch counts, in whole milliseconds from 0 to 2^53-1; 0 never refuses. Default 600 000. */
  readonly windowMs?: number;
  /** How long every launch but the first waits, from 0 to 2^53-1, fractions allowed. Default 10 000. */
  readonly delayMs?: number;
}

/**
 * Restarts as epics-base-rs 0.20.2 `supervise` does: after ten seconds, until so many launches are in a window.
 *
 * Decides: launches until the child completes, or until there were `maxRestarts` launches in a window.
 * Units: milliseconds. Defaults: 10 in 600 s, 10 s apart.
 * Edge: a launch exactly `windowMs` ago no longer counts.
 * Known surprises: `maxRestarts` counts launches, so an instant crash loop has 10 of them, not 11.
 * Admissions are stamped before the delay, so launches may be closer together than the window says. A
 * child that needs more than a tenth of the window to fail is restarted forever.
 * Errors: `PolicyOptionsError`. Effect: none, and the policy has no memory but its state.
 * Source: epics-base-rs 0.20.2, `runtime::supervise`.
 *
 * @since 0.1.0
 * @example
 * const { policy, onNotYet } = epicsSupervise({ maxRestarts: 1 });
 * onNotYet; // => "end"
 * const child = cell(policy, { clock: () => 0, random: () => 0 });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send({ type: "exited", exit: { kind: "failed" }, failed: true, uptimeMs: 0 });
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "window-full", retryAfterMs: 600_000 }
 */
export function epicsSupervise(options: EpicsSuperviseOptions = {}): Preset<AllOfState> {
  readArguments("epicsSupervise", arguments, 1);
  const read = readOptions("epicsSupervise", options);
  const limit = read.whole("maxRestarts", { default: 10 });
  const windowMs = read.whole("windowMs", { default: 600_000 });
  const delayMs = read.finite("delayMs", { max: Number.MAX_SAFE_INTEGER, default: 10_000 });
  read.end();
  return {
    policy: named(
      "epicsSupervise",
      { maxRestarts: limit, windowMs, delayMs },
      allOf(
        restartOn("transient"),
        slidingWindow({ limit, windowMs, limitZero: "run-once" }),
        backoff({ curve: constant({ delayMs }), jitter: "none" }),
      ),
    ),
    isFailure: notCompleted,
    onNotYet: "end",
    operatorLaunches: "free",
  };
}
