// asyn-rs `supervise`: only what panicked is restarted, and at once.
//
// - A failure is recorded first; it is refused if there are then more than `maxRestarts` in the window.
//   What is exactly `restartWindowMs` old no longer counts.
// - A refusal is final, and its failure stays recorded. There is no delay.

import { type AllOfState, allOf, readArguments, readOptions, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { named } from "./named.js";
import { notCompleted } from "./not-completed.js";
import type { Preset } from "./preset.js";

/**
 * The fields of asyn-rs' `SupervisionPolicy`; all have its defaults.
 * @since 0.1.0
 */
export interface AsynSuperviseOptions {
  /** The most restarts in a window, a whole number from 0 to 2^53-1. 0 is one run. Default 5. */
  readonly maxRestarts?: number;
  /** How long a failure counts, in whole milliseconds from 0 to 2^53-1. Default 60 000. */
  readonly restartWindowMs?: number;
}

/**
 * Restarts as asyn-rs `supervise` does: at once, until more failures than its limit are in a window.
 *
 * Decides: a restart at once after a failure, until more than `maxRestarts` are in the window.
 * Units: milliseconds. Defaults: 5 in 60 s.
 * Edge: a failure exactly `restartWindowMs` ago no longer counts.
 * Known surprises: N restarts are N + 1 runs, in `epicsSupervise` N launches are N runs. An instant crash
 * loop is over before a clock would notice, since nothing waits.
 * Errors: `PolicyOptionsError`. Effect: none, and the policy has no memory but its state.
 * Source: asyn-rs `runtime::supervisor`, in the workspace of epics-base-rs.
 *
 * @since 0.1.0
 * @example
 * const { policy } = asynSupervise({ maxRestarts: 1 });
 * const child = cell(policy, { clock: () => 0, random: () => 0 });
 * const crash = { type: "exited", exit: { kind: "failed" }, failed: true, uptimeMs: 0 } as const;
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send(crash);
 * child.send({ type: "launch", cause: "restart" }); // => { type: "launch", delayMs: 0 }
 * child.send(crash);
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "window-full", retryAfterMs: 60_000 }
 */
export function asynSupervise(options: AsynSuperviseOptions = {}): Preset<AllOfState> {
  readArguments("asynSupervise", arguments, 1);
  const read = readOptions("asynSupervise", options);
  const limit = read.whole("maxRestarts", { default: 5 });
  const windowMs = read.whole("restartWindowMs", { default: 60_000 });
  read.end();
  return {
    policy: named(
      "asynSupervise",
      { maxRestarts: limit, restartWindowMs: windowMs },
      allOf(
        restartOn("transient"),
        slidingWindow({ limit, windowMs, counts: "failures", tripAt: "over-limit" }),
      ),
    ),
    isFailure: notCompleted,
    onNotYet: "end",
    operatorLaunches: "free",
  };
}
