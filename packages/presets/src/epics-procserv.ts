// procserv, on the tracker of epics-base-rs.
//
// - Any exit is followed by a restart, also one with code 0. Restarts are counted, the first launch is
//   not: so many restarts in the window, and one run more. What is exactly `windowMs` old no longer
//   counts. A restart that is one too many ends it. By default there is no such limit.
// - Two launches are at least `holdoffMs` apart: the holdoff runs from the start of the child, so one
//   that outlived it is back at once. A spawn that failed waits the whole holdoff, and its retry is
//   counted like any other.
// - An operator's restart ends the holdoff and is not counted.

import { backoff, constant } from "@steadfast/backoff";
import {
  type AllOfState,
  allOf,
  giveUp,
  isFailure,
  readArguments,
  readOptions,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { named } from "./named.js";
import { optionalCount } from "./optional-count.js";
import type { Preset } from "./preset.js";
import { type EpicsProcservState, type EpicsRestartMode, restartMode } from "./restart-mode.js";

const MODES: readonly EpicsRestartMode[] = ["onExit", "disabled", "oneShot"];

/**
 * The options of procserv that are about restarts; all have its defaults.
 * @since 0.1.0
 */
export interface EpicsProcservOptions {
  /** The most restarts in a window, a whole number from 0 to 2^53-1. Default null: no limit. */
  readonly maxRestarts?: number | null;
  /** How long a restart counts, in whole milliseconds from 0 to 2^53-1. Default 600 000. */
  readonly windowMs?: number;
  /** The least time between two launches, from 0 to 2^53-1, fractions allowed. Default 15 000. */
  readonly holdoffMs?: number;
  /**
   * What follows an exit. `onExit` (default): a restart. `disabled`: nothing, but an operator may still
   * restart the child. `oneShot`: the end. A spawn that failed is retried in each of them.
   */
  readonly restartMode?: EpicsRestartMode;
}

/**
 * Restarts as procserv of epics-rs does: so that launches are 15 seconds apart, and no more in a window than told.
 *
 * Decides: a restart after every exit, at least `holdoffMs` after the launch before.
 * Units: milliseconds. Defaults: no limit, 600 s, 15 s, `onExit`.
 * Edges: a restart exactly `windowMs` ago no longer counts; a child that ran for exactly `holdoffMs` is
 * back at once. `maxRestarts` 0 is one run.
 * Known surprises: a program that ends well is started again, forever. `maxRestarts` means one run
 * more here than in `epicsSupervise`. Stopping is a kill: `gracePeriodMs` is 0, as its signal is SIGKILL.
 * The mode cannot be changed while it runs; its key does that.
 * Errors: `PolicyOptionsError`. Effect: none, and the policy has no memory but its state.
 * Source: epics-tools-rs `procserv`, on epics-base-rs 0.20.2 `RestartTracker`.
 *
 * @since 0.1.0
 * @example
 * const { policy } = epicsProcserv();
 * let now = 0;
 * const child = cell(policy, { clock: () => now, random: () => 0 });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * now = 4_000;
 * child.send({ type: "exited", exit: { kind: "completed" }, failed: false, uptimeMs: 4_000 });
 * child.send({ type: "launch", cause: "restart" }); // => { type: "launch", delayMs: 11_000 }
 */
export function epicsProcserv(
  options: EpicsProcservOptions = {},
): Preset<EpicsProcservState<AllOfState>> {
  readArguments("epicsProcserv", arguments, 1);
  const read = readOptions("epicsProcserv", options);
  const most = optionalCount(read, "maxRestarts");
  const windowMs = read.whole("windowMs", { default: 600_000 });
  const delayMs = read.finite("holdoffMs", { max: Number.MAX_SAFE_INTEGER, default: 15_000 });
  const mode = read.oneOf("restartMode", MODES, "onExit");
  read.end();
  const limitZero = most === null ? "unlimited" : "refuse";
  return {
    policy: named(
      "epicsProcserv",
      { maxRestarts: most, windowMs, holdoffMs: delayMs, restartMode: mode },
      restartMode(
        mode,
        allOf(
          giveUp(slidingWindow({ limit: most ?? 0, limitZero, windowMs, counts: "restarts" })),
          backoff({ curve: constant({ delayMs }), jitter: "none", from: "launch" }),
        ),
      ),
    ),
    isFailure,
    onNotYet: "wait",
    operatorLaunches: "free",
    gracePeriodMs: 0,
  };
}
