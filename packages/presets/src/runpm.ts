// runpm, the service supervisor of running-process.
//
// - Any exit is a crash, also one with code 0. Crashes in a row are counted, restarts by hand among
//   them; a run of at least `minUptimeMs` counts from 0 again. See rapid-crashes.ts.
// - More than `maxRestarts` and the service is errored: it is over. 0 is no limit.
// - A spawn that fails is over at once.
// - Without `autorestart` nothing is restarted.

import {
  type AllOfState,
  allOf,
  giveUpOn,
  isFailure,
  readArguments,
  readOptions,
  restartOn,
} from "@steadfast/policy";
import { flag } from "./flag.js";
import { named } from "./named.js";
import type { Preset } from "./preset.js";
import { rapidCrashes } from "./rapid-crashes.js";

/**
 * The options of a runpm service that are about restarts; all have its defaults.
 * @since 0.1.0
 */
export interface RunpmOptions {
  /** Whether it is restarted at all. Default true. */
  readonly autorestart?: boolean;
  /** The most crashes in a row that are restarted: a whole number from 0 to 2^53-1. Default 0: no limit. */
  readonly maxRestarts?: number;
  /** The delay after the first crash, in whole milliseconds from 0 to 2^53-1. Default 0, which is 500. */
  readonly restartDelayMs?: number;
  /** The uptime that counts from 0 again, in whole ms from 0 to 2^53-1. Default 0, which is 2 000. */
  readonly minUptimeMs?: number;
  /** How long a stop waits before it kills, in whole ms from 0 to 2^53-1. Default 0, which is 3 000. */
  readonly killTimeoutMs?: number;
}

const MAX_BACKOFF_MS = 30_000;

/**
 * Restarts as runpm of running-process does: after every exit, later each time, until there were too many in a row.
 *
 * Decides: a restart after every exit, later each time, until there are more than `maxRestarts` in a
 * row. Units: milliseconds. Defaults: no limit, 500 ms to 30 s, 2 s, 3 s.
 * Edges: a run of exactly `minUptimeMs` counts from 0; `maxRestarts` crashes are restarted, one more is
 * not.
 * Known surprises: a program that ends well is restarted like one that crashes. Zero means the default,
 * and for `maxRestarts` no limit. A command that is not found is never retried. A restart by hand counts,
 * and the crash after it may be one too many. While it waits for one service, the source waits for all.
 * Errors: `PolicyOptionsError`. Effect: none, and the policy has no memory but its state.
 * Source: running-process 4.10, `daemon::services`, `supervise_tick` (read at commit 52831e5324ce).
 *
 * @since 0.1.0
 * @example
 * const { policy, operatorLaunches } = runpm({ maxRestarts: 1 });
 * operatorLaunches; // => "ask"
 * const child = cell(policy, { clock: () => 0, random: () => 0 });
 * const exited = { type: "exited", exit: { kind: "completed" }, failed: true, uptimeMs: 0 } as const;
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send(exited);
 * child.send({ type: "launch", cause: "restart" }); // => { type: "launch", delayMs: 500 }
 * child.send(exited);
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "errored", retryAfterMs: null }
 */
export function runpm(options: RunpmOptions = {}): Preset<AllOfState> {
  readArguments("runpm", arguments, 1);
  const read = readOptions("runpm", options);
  const autorestart = read.raw("autorestart") === undefined || flag(read, "autorestart");
  const maxRestarts = read.whole("maxRestarts", { default: 0 });
  const orDefault = (key: "restartDelayMs" | "minUptimeMs" | "killTimeoutMs", ms: number) =>
    read.whole(key, { default: 0 }) || ms;
  const initialMs = orDefault("restartDelayMs", 500);
  const minUptimeMs = orDefault("minUptimeMs", 2_000);
  const gracePeriodMs = orDefault("killTimeoutMs", 3_000);
  read.end();
  return {
    policy: named(
      "runpm",
      {
        autorestart,
        maxRestarts,
        restartDelayMs: initialMs,
        minUptimeMs,
        killTimeoutMs: gracePeriodMs,
      },
      allOf(
        restartOn(autorestart ? "permanent" : "temporary"),
        giveUpOn((exit) => exit.kind === "spawn-failed"),
        rapidCrashes({ maxRestarts, initialMs, capMs: MAX_BACKOFF_MS, minUptimeMs }),
      ),
    ),
    isFailure: autorestart ? (exit) => exit.kind !== "lost" : isFailure,
    onNotYet: "end",
    operatorLaunches: "ask",
    gracePeriodMs,
  };
}
