// OTP's restart types and restart intensity, for one child.
//
// - Time is whole monotonic seconds, rounded down. A restart is stamped when it is asked for; with it,
//   those stamped at most `period` seconds before are counted: exactly `period` apart is still inside.
// - More than `intensity` of them, and the supervisor gives up, for good. Intensity I is I restarts.
// - Nothing waits: restarts are immediate.

import {
  allOf,
  coarse,
  giveUp,
  isFailure,
  type Millis,
  type RestartType,
  readArguments,
  readOptions,
  restartOn,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { named } from "./named.js";
import type { Preset } from "./preset.js";

/**
 * The supervisor flags and the child specification of OTP that decide about restarts.
 * @since 0.1.0
 */
export interface OtpIntensityOptions {
  /** How many restarts are allowed in a period, a whole number from 0 to 2^53-1. Default 1. */
  readonly intensity?: number;
  /** The period, a whole number of seconds in milliseconds, at least 1 000. Default 5 000. */
  readonly periodMs?: Millis;
  /**
   * Which exits are restarted. `permanent` (default): all. `transient`: those that failed. `temporary`:
   * none.
   */
  readonly restart?: RestartType;
}

const SECOND_MS = 1_000;
const TYPES: readonly RestartType[] = ["permanent", "transient", "temporary"];

function isSeconds(value: unknown): boolean {
  return (
    Number.isSafeInteger(value) && (value as number) > 0 && (value as number) % SECOND_MS === 0
  );
}

/**
 * Restarts as Erlang/OTP's supervisor does: at once, and not more than `intensity` times in a period.
 *
 * Decides: a restart launches at once while no more than `intensity` restarts, this one included, were
 * asked for in the last `periodMs`, in whole seconds; else it is refused for good with the reason
 * `window-full`. What the restart type does not want is refused with `not-wanted`, and counts nothing.
 * Units: milliseconds, counted in whole seconds. Defaults: those of OTP, 1 in 5 s, `permanent`.
 * Edges: exactly `periodMs` apart is still inside; `intensity` 0 never restarts. Because of the whole
 * seconds, two exits may count together up to just under one second beyond the period, and may be apart
 * at just over the period.
 * Effect on state: an admitted restart is stamped. The start counts nothing, nor do an operator's
 * launches, which are not asked; a clean exit of a permanent child counts like a crash.
 * Errors: `PolicyOptionsError` for bad options.
 * Source: Erlang/OTP 25, stdlib 4.2, `supervisor.erl` (`add_restart`, `can_restart`).
 *
 * Known surprises: no delay at all, so a child that cannot work is given up within milliseconds; the
 * count is of the supervisor in OTP and of the one child here (several children on one: a `sharedBudget`
 * of the same `giveUp(coarse(slidingWindow(...)))`); a child that cannot be started the first time is
 * retried here, where OTP's supervisor itself fails to start.
 *
 * @since 0.1.0
 * @example
 * const { policy } = otpIntensity({ intensity: 1, periodMs: 5_000 });
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [once, first] = policy.step(policy.initial(), restart, 0);
 * first; // => { type: "launch", delayMs: 0 }
 * policy.step(once, restart, 5_999)[1];
 * // => { type: "refuse", reason: "window-full", retryAfterMs: null }
 * policy.step(once, restart, 6_000)[1]; // => { type: "launch", delayMs: 0 }
 */
export function otpIntensity(options: OtpIntensityOptions = {}): Preset {
  readArguments("otpIntensity", arguments, 1);
  const read = readOptions("otpIntensity", options);
  const intensity = read.whole("intensity", { default: 1 });
  const allowed = "a whole number of seconds in milliseconds, at least 1000";
  const periodMs = read.checked("periodMs", allowed, isSeconds, 5 * SECOND_MS);
  const restart = read.oneOf("restart", TYPES, "permanent");
  read.end();

  const counted = slidingWindow({
    limit: intensity,
    windowMs: periodMs,
    edge: "closed",
    counts: "restarts",
  });
  const budget = coarse(giveUp(counted), SECOND_MS);
  // Under the other types it is not only the window that decides: what was not wanted stays so.
  const { limit, windowMs } = restart === "permanent" ? budget.describe : {};
  return {
    policy: named(
      "otpIntensity",
      { intensity, periodMs, restart },
      allOf(restartOn(restart), budget),
      {
        capMs: 0,
        ...(limit !== undefined && windowMs !== undefined && { limit, windowMs }),
      },
    ),
    isFailure,
    onNotYet: "end",
    operatorLaunches: "free",
    gracePeriodMs: 5_000,
  };
}
