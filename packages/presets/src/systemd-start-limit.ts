// StartLimitIntervalSec= and StartLimitBurst= (systemd-start-rate.ts), after RestartSec=: a start counts
// when it happens.

import { inTurn, isFailure, readArguments, readOptions } from "@steadfast/policy";
import { named } from "./named.js";
import type { Preset } from "./preset.js";
import {
  readRestartMs,
  restartDelay,
  type SystemdRestartDelayOptions,
} from "./systemd-restart-delay.js";
import { type SystemdStartRateOptions, startRate } from "./systemd-start-rate.js";
import { readStop, type SystemdStopOptions } from "./systemd-stop.js";

/**
 * The settings of a unit that limit its starts, and how long a restart waits.
 * @since 0.1.0
 */
export type SystemdStartLimitOptions = SystemdStartRateOptions &
  SystemdStopOptions &
  Pick<SystemdRestartDelayOptions, "restartMs">;

/**
 * Restarts every exit, but no more starts in a window than systemd's start limit allows.
 *
 * Decides: a start, a restart or an operator's launch is allowed while the window holds fewer than
 * `startLimitBurst`, a restart after `restartMs`; else it is refused with the reason `budget-spent`, and
 * the supervision ends, as the unit fails. The hint says when systemd would start it by hand.
 * Units: milliseconds. Defaults: those of systemd, 5 starts in 10 s, 100 ms.
 * Edges: a start opens the window if there is none or the last one was opened more than
 * `startLimitIntervalMs` ago: exactly as long ago is still inside. 0 for either is no limit; an interval of
 * Infinity is one window for life, and its refusals are for good.
 * Effect on state: an allowed start is counted, the first one included; a refused one changes nothing.
 * Errors: `PolicyOptionsError` for bad options.
 * Source: systemd (commit 001dcfc0bef7), `src/basic/ratelimit.c` (`ratelimit_below`), `src/core/unit.c`
 * (`unit_test_start_limit`), `systemd.unit(5)`.
 *
 * Known surprises: the window is fixed, so that up to twice the burst fit into one interval; with a
 * `restartMs` of more than `startLimitIntervalMs / startLimitBurst` the limit is never reached; operators
 * are refused, too (`systemctl reset-failed` is `reset()`); a refusal comes at once, where systemd first
 * waits `RestartSec=`.
 *
 * @since 0.1.0
 * @example
 * const { policy } = systemdStartLimit({ startLimitBurst: 1, restartMs: 0 });
 * const start = { type: "launch", cause: "start", draw: 0, wall: 0 } as const;
 * const [state] = policy.step(policy.initial(), start, 0);
 * policy.step(state, { ...start, cause: "operator" }, 10_000)[1];
 * // => { type: "refuse", reason: "budget-spent", retryAfterMs: 1 }
 * policy.step(state, { ...start, cause: "operator" }, 10_001)[1]; // => { type: "launch", delayMs: 0 }
 */
export function systemdStartLimit(options: SystemdStartLimitOptions = {}): Preset {
  readArguments("systemdStartLimit", arguments, 1);
  const read = readOptions("systemdStartLimit", options);
  const rate = startRate(read);
  const restartMs = readRestartMs(read);
  const stop = readStop(read);
  read.end();
  const delay = restartDelay({ restartMs, restartSteps: 0, restartMaxDelayMs: null });
  return {
    policy: named(
      "systemdStartLimit",
      { ...rate.options, restartMs, ...stop.options },
      inTurn(delay.policy, rate.policy),
      delay.bounds,
    ),
    isFailure,
    onNotYet: "end",
    operatorLaunches: "ask",
    gracePeriodMs: stop.gracePeriodMs,
  };
}
