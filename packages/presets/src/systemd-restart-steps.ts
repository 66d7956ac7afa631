// RestartSec=, RestartSteps= and RestartMaxDelaySec=: see systemd-restart-delay.ts.

import { isFailure, readArguments, readOptions } from "@steadfast/policy";
import { named } from "./named.js";
import type { Preset } from "./preset.js";
import {
  readRestartDelay,
  restartDelay,
  type SystemdRestartDelayOptions,
} from "./systemd-restart-delay.js";
import { readStop, type SystemdStopOptions } from "./systemd-stop.js";

/**
 * The settings of a unit that say how long its restarts wait, and how long it may take to stop.
 * @since 0.1.0
 */
export type SystemdRestartStepsOptions = SystemdRestartDelayOptions & SystemdStopOptions;

/**
 * Restarts every exit, with the delay that systemd's RestartSteps= makes grow.
 *
 * Decides: a restart launches after the delay, which runs from the exit; it is never refused. The n-th
 * restart waits `restartMs * (max / restartMs)^((n-1) / restartSteps)`, and the maximum from
 * n = `restartSteps` + 1 on. Units: milliseconds, fractions kept where systemd drops what is less than a
 * microsecond. Defaults: those of systemd, 100 ms, always.
 * Edges: it is always `restartMs` where there is no stepping: `restartSteps` 0, `restartMs` 0, no
 * maximum, or one that is not above `restartMs` (then `restartMs` is longer than the maximum; a unit that is
 * loaded has it lowered, as `systemd` does).
 * Effect on state: an admitted restart is counted, whatever the exit before it; an operator's launch
 * sets the count back. Errors: `PolicyOptionsError` for bad options.
 * Source: systemd (commit 000d658296a8), `src/core/service.c` (`service_restart_usec_next`),
 * `systemd.service(5)`.
 *
 * Known surprises: no run is long enough to forget, so that a service which crashes once a month ends
 * up with the longest delay for each crash (systemd issue 43813); the maximum alone, without steps, does
 * nothing.
 *
 * @since 0.1.0
 * @example
 * const { policy } = systemdRestartSteps({ restartSteps: 1, restartMaxDelayMs: 5_000 });
 * const exit = { kind: "failed", code: 1 } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 86_400_000 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [once, first] = policy.step(policy.step(policy.initial(), crash, 0)[0], restart, 0);
 * first; // => { type: "launch", delayMs: 100 }
 * policy.step(policy.step(once, crash, 9)[0], restart, 9)[1]; // => { type: "launch", delayMs: 5_000 }
 */
export function systemdRestartSteps(options: SystemdRestartStepsOptions = {}): Preset {
  readArguments("systemdRestartSteps", arguments, 1);
  const read = readOptions("systemdRestartSteps", options);
  const settings = readRestartDelay(read);
  const stop = readStop(read);
  read.end();
  const { policy, bounds } = restartDelay(settings);
  return {
    policy: named("systemdRestartSteps", { ...settings, ...stop.options }, policy, bounds),
    isFailure,
    onNotYet: "end",
    operatorLaunches: "ask",
    gracePeriodMs: stop.gracePeriodMs,
  };
}
