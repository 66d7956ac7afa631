// systemd's RestartSec=, RestartSteps= and RestartMaxDelaySec=: the delay before an automatic restart.
//
// - The n-th automatic restart waits RestartSec * (max / RestartSec)^((n-1) / steps), then the maximum.
//   What is counted are automatic restarts since an operator's start; no run is long enough to forget.
// - The delay runs from the exit. An operator's start has none, and sets the count back.
// - A RestartSec= of infinity never ends: 2^53-1 is the longest delay there is.
// - The formula alone does not lower a RestartSec= above the maximum; loading a unit does, whatever the steps.

import { backoff, steps } from "@steadfast/backoff";
import type { OptionsReader } from "@steadfast/policy";
import { forgiving } from "./forgiving.js";
import { NEVER_MS } from "./never.js";
import { finiteOrForever } from "./or-forever.js";

/**
 * The settings of a unit that say how long a restart waits.
 * @since 0.1.0
 */
export interface SystemdRestartDelayOptions {
  /**
   * `RestartSec=`: the first delay, from 0 to 2^53-1 ms, fractions allowed; Infinity or null: it never ends,
   * only an operator starts the unit again. Default 100.
   */
  readonly restartMs?: number | null;
  /** `RestartSteps=`: in how many restarts it grows to the maximum, whole, from 0 to 2^53-1. Default 0. */
  readonly restartSteps?: number;
  /** `RestartMaxDelaySec=`: the maximum, from 0 to 2^53-1 ms; Infinity or null for none. Default Infinity. */
  readonly restartMaxDelayMs?: number | null;
}

/** The settings in force, as JSON can hold them. */
export interface RestartDelay {
  readonly restartMs: number | null;
  readonly restartSteps: number;
  readonly restartMaxDelayMs: number | null;
}

type Reader = OptionsReader<SystemdRestartDelayOptions>;

export function readRestartMs(read: Reader): number | null {
  return finiteOrForever(read, "restartMs", { max: NEVER_MS, default: 100 });
}

export function readRestartDelay(read: Reader): RestartDelay {
  const restartMs = readRestartMs(read);
  const restartSteps = read.whole("restartSteps", { default: 0 });
  const max = { max: NEVER_MS, default: null };
  const restartMaxDelayMs = finiteOrForever(read, "restartMaxDelayMs", max);
  return { restartMs, restartSteps, restartMaxDelayMs };
}

/** The rule, and the longest delay it has, if it ends. */
export function restartDelay({ restartMs, restartSteps, restartMaxDelayMs }: RestartDelay) {
  const initialMs = restartMs ?? NEVER_MS;
  const curve = steps({ initialMs, maxMs: restartMaxDelayMs, steps: restartSteps });
  const policy = forgiving(backoff({ curve, jitter: "none", counts: "restarts" }), {
    byOperator: true,
  });
  const capMs = Math.ceil(curve.describe.longestMs);
  return { policy, bounds: capMs < NEVER_MS ? { capMs } : {} };
}

/** As loading a unit leaves it: a RestartSec= above the maximum becomes the maximum. */
export function asLoaded(delay: RestartDelay): RestartDelay {
  const { restartMs, restartMaxDelayMs } = delay;
  const isAbove =
    restartMaxDelayMs !== null && (restartMs === null || restartMs > restartMaxDelayMs);
  return isAbove ? { ...delay, restartMs: restartMaxDelayMs } : delay;
}
