// suture: see suture-pause.ts. A service that returns, with whatever, has failed; one that was cancelled
// is done.

import {
  allOf,
  type Exit,
  type Millis,
  readArguments,
  readOptions,
  restartOn,
} from "@steadfast/policy";
import { named } from "./named.js";
import { finiteOrForever } from "./or-forever.js";
import type { Preset } from "./preset.js";
import { suturePause } from "./suture-pause.js";

/**
 * The fields of suture's `Spec` that decide about restarts. As in suture, 0 is the default.
 * @since 0.1.0
 */
export interface SutureOptions {
  /** In how long the count fades to its half, whole, from 0 to 2^53-1 ms. Default 30 000. */
  readonly failureDecayMs?: Millis;
  /** The highest count that does not pause, from 0 to 2^53-1; Infinity or null: none does. Default 5. */
  readonly failureThreshold?: number | null;
  /** How long the pause lasts, whole, from 0 to 2^53-1 ms. Default 15 000. */
  readonly failureBackoffMs?: Millis;
  /** What the pause is multiplied by: `default` from 1 to 1.5, `none` 1. Default `default`. */
  readonly backoffJitter?: "default" | "none";
}

/**
 * Restarts as a suture supervisor does: at once, until failures come faster than they fade.
 *
 * Decides: a restart launches at once unless the fading count of failures is above the threshold; then it
 * is refused with `crash-storm` and the exact time to the pause's end.
 * A service that was cancelled is refused for good with `not-wanted`.
 * Units: milliseconds; the count has none. Defaults: those of suture: half-life 30 s, threshold 5, pause
 * 15 s times [1, 1.5).
 * Edges: the count must be *above* the threshold: of failures at one instant the sixth pauses. 0 for any
 * of the three numbers is its default, as in suture.
 * Effect on state: a failure is counted; the first request in a pause draws its length; the first after
 * it sets the count to 0. Health changes nothing. Errors: `PolicyOptionsError` for bad options.
 * Source: suture v4 (commit 8a2561c661dc), `supervisor.go` (`handleFailedService`, `DefaultJitter`).
 *
 * Known surprises: a service that returns without an error is restarted, and counts
 * (`ErrDoNotRestart` is `stopWhen`, beside this policy); the count belongs to the whole supervisor in
 * suture, and failures in the pause queue up behind it: several children on one are a
 * `sharedBudget(decayingBudget())`, where each asks for itself at the pause's end. There is no limit.
 *
 * @since 0.1.0
 * @example
 * const { policy } = suture({ failureThreshold: 1, backoffJitter: "none" });
 * const exit = { kind: "failed", error: "boom" } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 0 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [once, first] = policy.step(policy.step(policy.initial(), crash, 0)[0], restart, 0);
 * first; // => { type: "launch", delayMs: 0 }
 * policy.step(policy.step(once, crash, 30_000)[0], restart, 30_000)[1];
 * // => { type: "refuse", reason: "crash-storm", retryAfterMs: 15_000 }
 */
export function suture(options: SutureOptions = {}): Preset {
  readArguments("suture", arguments, 1);
  const read = readOptions("suture", options);
  const failureDecayMs = read.whole("failureDecayMs", { default: 0 }) || 30_000;
  const most = Number.MAX_SAFE_INTEGER;
  const threshold = finiteOrForever(read, "failureThreshold", { max: most, default: 5 });
  const failureThreshold = threshold === 0 ? 5 : threshold;
  const failureBackoffMs = read.whole("failureBackoffMs", { default: 0 }) || 15_000;
  const backoffJitter = read.oneOf("backoffJitter", ["default", "none"], "default");
  read.end();

  const pause = suturePause({
    decayMs: failureDecayMs,
    threshold: failureThreshold ?? most,
    pauseMs: failureBackoffMs,
    jitter: backoffJitter === "default" ? 1.5 : 1,
  });
  return {
    policy: named(
      "suture",
      { failureDecayMs, failureThreshold, failureBackoffMs, backoffJitter },
      allOf(restartOn("transient"), pause),
      { capMs: 0 },
    ),
    isFailure: (exit: Exit) => exit.kind !== "cancelled" && exit.kind !== "lost",
    onNotYet: "wait",
    operatorLaunches: "free",
    gracePeriodMs: 10_000,
  };
}
