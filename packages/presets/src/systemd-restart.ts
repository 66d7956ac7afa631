// Restart= and the lists beside it: see systemd-restart-table.ts.

import { readArguments, readOptions } from "@steadfast/policy";
import { named } from "./named.js";
import type { Preset } from "./preset.js";
import { restartTable, type SystemdRestartTableOptions } from "./systemd-restart-table.js";
import { readStop, type SystemdStopOptions } from "./systemd-stop.js";

/**
 * The settings of a unit that say which exits are restarted, and how long it may take to stop.
 * @since 0.1.0
 */
export type SystemdRestartOptions = SystemdRestartTableOptions & SystemdStopOptions;

/**
 * Restarts those exits that systemd's Restart= setting names, at once.
 *
 * Decides: a restart launches at once if the exit is in the table,
 * else it is refused for good with the reason `not-wanted`.
 *
 * | exit | always | on-success | on-failure | on-abnormal | on-abort | on-watchdog |
 * |---|---|---|---|---|---|---|
 * | code 0; SIGHUP, SIGINT, SIGTERM, SIGPIPE; `successExitStatus` | yes | yes | | | | |
 * | any other code, a task that threw, a failed spawn | yes | | yes | | | |
 * | any other signal | yes | | yes | yes | yes | |
 * | `timed-out`, `abandoned`, `out-of-memory` | yes | | yes | yes | | |
 * | `unhealthy` | yes | | yes | yes | | yes |
 *
 * No units. Default: `no`, as in systemd. Edge: a status in both lists is not restarted;
 * `restartForceExitStatus` restarts under `no`, too; a request with no exit before it launches.
 * Effect on state: an exit is remembered until the next admitted launch. Errors: `PolicyOptionsError`.
 * Source: systemd (commit 001dcfc0bef7), `src/core/service.c` (`service_shall_restart`),
 * `systemd.service(5)`.
 *
 * Known surprises: SIGTERM and SIGPIPE are clean, so `on-failure` does not bring back what somebody
 * killed with them (services of `Type=oneshot` are stricter, which is left out); without the other two,
 * `systemdStartLimit` and `systemdRestartSteps`, there is neither delay nor limit: `systemd` has all.
 *
 * @since 0.1.0
 * @example
 * const preset = systemdRestart({ restart: "on-failure" });
 * const { policy } = preset;
 * preset.isFailure({ kind: "signalled", signal: "SIGTERM" }); // => false
 * const exit = { kind: "signalled", signal: "SIGTERM" } as const;
 * const ended = { type: "exited", exit, failed: false, uptimeMs: 0 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * policy.step(policy.step(policy.initial(), ended, 0)[0], restart, 0)[1];
 * // => { type: "refuse", reason: "not-wanted", retryAfterMs: null }
 */
export function systemdRestart(given: SystemdRestartOptions = {}): Preset {
  readArguments("systemdRestart", arguments, 1);
  const read = readOptions("systemdRestart", given);
  const table = restartTable(read);
  const stop = readStop(read);
  read.end();
  const options = { ...table.options, ...stop.options };
  return {
    policy: named("systemdRestart", options, table.policy, { capMs: 0 }),
    isFailure: table.isFailure,
    onNotYet: "end",
    operatorLaunches: "ask",
    gracePeriodMs: stop.gracePeriodMs,
  };
}
