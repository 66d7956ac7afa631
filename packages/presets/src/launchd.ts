// launchd: see launchd-policy.ts for its rule.

import { isFailure, type Millis, readArguments, readOptions } from "@steadfast/policy";
import { type LaunchdConditions, launchdPolicy } from "./launchd-policy.js";
import type { Preset } from "./preset.js";

/**
 * The keys of a launchd job that decide about its restarts.
 * @since 0.1.0
 */
export interface LaunchdOptions {
  /** `KeepAlive`: every exit, none, or those that meet a condition. Default false. */
  readonly keepAlive?: boolean | LaunchdConditions;
  /**
   * `ThrottleInterval`, in milliseconds: the least time between two starts, a whole number of seconds, from 0 to
   * 2^53-1 ms. Default 10 000.
   */
  readonly throttleIntervalMs?: Millis;
}

const CONDITIONS = ["successfulExit", "crashed"];
const KEEP = "true, false, or { successfulExit, crashed }, each true or false";
const SECONDS = "a whole number of seconds in milliseconds, at least 0";

function isKeepAlive(value: unknown): boolean {
  if (typeof value === "boolean") return true;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([key, one]) => CONDITIONS.includes(key) && typeof one === "boolean",
  );
}

function isSeconds(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) % 1_000 === 0;
}

/**
 * Restarts as launchd does: forever, and no more often than every ten seconds.
 *
 * Decides: an exit that `keepAlive` does not want is refused for good with `not-wanted`; else it launches so long
 * after the exit that the two starts are `throttleIntervalMs` apart, the run being counted in whole seconds. It never
 * refuses otherwise. Units: milliseconds, whole seconds in the source.
 * Defaults: those of launchd: `KeepAlive` false, 10 s.
 * Edges: a run of exactly `throttleIntervalMs` is followed at once, one of a millisecond less a second later; of two
 * conditions one is enough, so that `{ successfulExit: false, crashed: false }` restarts everything.
 * Effect on state: an exit is remembered. An operator's launch is free. Health changes nothing.
 * Errors: `PolicyOptionsError` for bad options.
 * Source: launchd, as far as it was published, `core.c` (`job_keepalive`, `job_start`, `job_reap`);
 * `launchd.plist(5)` of 1 May 2009, where several conditions are ORed, the throttle is 10 s and `ExitTimeOut` 20 s,
 * and where there is no `Crashed` yet.
 *
 * Known surprises: there is no limit, and the delay never grows; `SIGKILL` and `SIGTERM` are no crash, but no
 * successful exit either; starts may be up to a second further apart than the throttle says. Conditions about paths
 * and other jobs are left out, and so is the start on demand, which launchd falls back on.
 *
 * @since 0.1.0
 * @example
 * const { policy } = launchd({ keepAlive: { successfulExit: false } });
 * const exit = { kind: "failed", code: 1 } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 9_999 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * policy.step(policy.step(policy.initial(), crash, 0)[0], restart, 0)[1];
 * // => { type: "launch", delayMs: 1_000 }
 */
export function launchd(options: LaunchdOptions = {}): Preset {
  readArguments("launchd", arguments, 1);
  const read = readOptions("launchd", options);
  const keepAlive = read.checked<boolean | LaunchdConditions>(
    "keepAlive",
    KEEP,
    isKeepAlive,
    false,
  );
  const throttleIntervalMs = read.checked("throttleIntervalMs", SECONDS, isSeconds, 10_000);
  read.end();
  return {
    policy: launchdPolicy({ keepAlive, throttleIntervalMs }),
    isFailure,
    onNotYet: "end",
    operatorLaunches: "free",
    gracePeriodMs: 20_000,
  };
}
