// A whole unit: which exits (systemd-restart-table.ts), after how long (systemd-restart-delay.ts), how
// often (systemd-start-rate.ts). A start counts when it happens, after its delay.

import { allOf, inTurn, readArguments, readOptions } from "@steadfast/policy";
import { named } from "./named.js";
import type { Preset } from "./preset.js";
import {
  asLoaded,
  readRestartDelay,
  restartDelay,
  type SystemdRestartDelayOptions,
} from "./systemd-restart-delay.js";
import { restartTable, type SystemdRestartTableOptions } from "./systemd-restart-table.js";
import { type SystemdStartRateOptions, startRate } from "./systemd-start-rate.js";
import { readStop, type SystemdStopOptions } from "./systemd-stop.js";

/**
 * The settings of a unit that decide about its restarts.
 * @since 0.1.0
 */
export type SystemdOptions = SystemdRestartTableOptions &
  SystemdRestartDelayOptions &
  SystemdStartRateOptions &
  SystemdStopOptions;

/**
 * Restarts as a systemd service does: `systemdRestart`, `systemdRestartSteps` and `systemdStartLimit` in
 * one.
 *
 * Decides: an exit that `restart` does not name is refused for good (`not-wanted`); else a start that does
 * not fit into the start limit when its delay is over is refused (`budget-spent`), and the supervision
 * ends; else it launches after the delay. Units: milliseconds; Infinity, and null, are systemd's `infinity`.
 * Defaults: those of systemd: `no`, 100 ms, 5 starts in 10 s, 90 s to stop.
 * Edges: a `restartMaxDelayMs` below `restartMs` lowers that, with steps or without; a start exactly `startLimitIntervalMs` after the one that opened the window is inside; see the
 * three presets. Effect on state: an allowed start is counted; an operator's launch is asked, counts,
 * and sets the delay back. Errors: `PolicyOptionsError` for bad options.
 * Source: systemd (commit 001dcfc0bef7), `src/core/service.c` (`service_verify`), `src/basic/ratelimit.c`, `systemd.service(5)`,
 * `systemd.unit(5)`.
 *
 * Known surprises: those of the three. A service that dies two seconds after each start never reaches
 * the default limit; with `startLimitIntervalMs` 0 it restarts forever.
 *
 * @since 0.1.0
 * @example
 * const { policy } = systemd({ restart: "always", startLimitBurst: 2 });
 * const exit = { kind: "completed" } as const;
 * const ended = { type: "exited", exit, failed: false, uptimeMs: 0 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [started] = policy.step(policy.initial(), { ...restart, cause: "start" }, 0);
 * const [again, first] = policy.step(policy.step(started, ended, 0)[0], restart, 0);
 * first; // => { type: "launch", delayMs: 100 }
 * policy.step(policy.step(again, ended, 100)[0], restart, 100)[1];
 * // => { type: "refuse", reason: "budget-spent", retryAfterMs: 9_901 }
 */
export function systemd(options: SystemdOptions = {}): Preset {
  readArguments("systemd", arguments, 1);
  const read = readOptions("systemd", options);
  const table = restartTable(read);
  const settings = asLoaded(readRestartDelay(read));
  const rate = startRate(read);
  const stop = readStop(read);
  read.end();
  const delay = restartDelay(settings);
  return {
    policy: named(
      "systemd",
      { ...table.options, ...settings, ...rate.options, ...stop.options },
      inTurn(allOf(table.policy, delay.policy), rate.policy),
      delay.bounds,
    ),
    isFailure: table.isFailure,
    onNotYet: "end",
    operatorLaunches: "ask",
    gracePeriodMs: stop.gracePeriodMs,
  };
}
