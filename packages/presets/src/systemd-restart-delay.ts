// systemd's RestartSec=, RestartSteps= and RestartMaxDelaySec=: the delay before an automatic restart.
//
// - The n-th automatic restart waits RestartSec * (max / RestartSec)^((n-1) / steps), then the maximum.
//   What is counted are automatic restarts since an operator's start; no run is long enough to forget.
// - The delay runs from the exit. An operator's start has none, and sets the count back.

import { backoff, steps } from "@steadfast/backoff";
import type { OptionsReader } from "@steadfast/policy";
import { forgiving } from "./forgiving.js";

/**
 * The settings of a unit that say how long a restart waits.
 * @since 0.1.0
 */
export interface SystemdRestartDelayOptions {
  /** `RestartSec=`: the first delay, from 0 to 2^53-1 ms, fractions allowed. Default 100. */
  readonly restartMs?: number;
  /** `RestartSteps=`: in how many restarts it grows to the maximum, whole, from 0 to 2^53-1. Default 0. */
  readonly restartSteps?: number;
  /** `RestartMaxDelaySec=`: the maximum, from 0 to 2^53-1 ms; Infinity or null for none. Default Infinity. */
  readonly restartMaxDelayMs?: number | null;
}

const ALLOWED = "a number from 0 to 2^53-1, Infinity or null";

function isMaximum(value: unknown): boolean {
  if (value === null || value === Number.POSITIVE_INFINITY) return true;
  return typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

/** The settings in force, as JSON can hold them. */
export interface RestartDelay {
  readonly restartMs: number;
  readonly restartSteps: number;
  readonly restartMaxDelayMs: number | null;
}

type Reader = OptionsReader<SystemdRestartDelayOptions>;

export function readRestartMs(read: Reader): number {
  return read.finite("restartMs", { max: Number.MAX_SAFE_INTEGER, default: 100 });
}

export function readRestartDelay(read: Reader): RestartDelay {
  const restartMs = readRestartMs(read);
  const restartSteps = read.whole("restartSteps", { default: 0 });
  const given = read.checked<number | null>("restartMaxDelayMs", ALLOWED, isMaximum, Infinity);
  return { restartMs, restartSteps, restartMaxDelayMs: given === Infinity ? null : given };
}

/** The rule, and the longest delay it has. */
export function restartDelay({ restartMs, restartSteps, restartMaxDelayMs }: RestartDelay) {
  const curve = steps({ initialMs: restartMs, maxMs: restartMaxDelayMs, steps: restartSteps });
  const policy = forgiving(backoff({ curve, jitter: "none", counts: "restarts" }), {
    byOperator: true,
  });
  return { policy, longestMs: Math.ceil(curve.describe.longestMs) };
}
