// process-compose's `availability`, for one process.
//
// - `always` restarts every exit, `on_failure` those with another code than 0 and `success_exit_codes`; after
//   `max_restarts` of them it is over. Nothing is forgotten but by an operator's restart.
// - `exit_on_failure` restarts nothing: a failure ends the whole project, which is the host's to do.
// - The delay is always the same, at least a second, from the exit. What could not be started is over.

import { backoff, constant } from "@steadfast/backoff";
import {
  allOf,
  type Exit,
  giveUpOn,
  isFailure,
  lifetimeCap,
  readArguments,
  readOptions,
  restartOn,
} from "@steadfast/policy";
import { statusOf } from "./exit-status.js";
import { forgiving } from "./forgiving.js";
import { named } from "./named.js";
import type { Preset } from "./preset.js";

/**
 * What a process of process-compose says about its restarts: its `availability`, and `success_exit_codes`.
 * @since 0.1.0
 */
export interface ProcessComposeOptions {
  /** `restart`: which exits are restarted. Default `no`. */
  readonly restart?: "no" | "always" | "on_failure" | "exit_on_failure";
  /**
   * `backoff_seconds`, in milliseconds: how long a restart waits, a whole number of seconds, from 0 to 2^53-1 ms;
   * less than a second is one. Default 1 000.
   */
  readonly backoffMs?: number;
  /** `max_restarts`: how many restarts, ever, whole, from 0 (unlimited) to 2^53-1. Default 0. */
  readonly maxRestarts?: number;
  /** `success_exit_codes`: codes that are no failure beside 0, whole numbers, each from 0 to 2^53-1. Default: none. */
  readonly successExitCodes?: readonly number[];
}

const TYPES = {
  no: "temporary",
  always: "permanent",
  on_failure: "transient",
  exit_on_failure: "temporary",
} as const;
const SETTINGS = ["no", "always", "on_failure", "exit_on_failure"] as const;
const SECOND_MS = 1_000;
const UNLIMITED = Number.MAX_SAFE_INTEGER;

const isWhole = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isSeconds = (value: unknown) => isWhole(value) && (value as number) % SECOND_MS === 0;
const areCodes = (value: unknown) => Array.isArray(value) && value.every(isWhole);

/**
 * Restarts as process-compose does: a second later, so many times.
 *
 * Decides: an exit that `restart` does not want is refused for good with `not-wanted`, a process that could not be
 * started with `given-up`, the restart after the `maxRestarts`-th with `cap-reached`; else it launches after the
 * delay, from the exit. Units: milliseconds, whole seconds in the source.
 * Defaults: those of process-compose: `no`, 1 s, unlimited.
 * Edges: N restarts are N + 1 runs; a delay of less than a second is a second, as in the source; a signal is a
 * failure, whatever its code. Effect on state: an admitted restart is counted. An operator's launch is asked, in
 * order to set the count back. Health changes nothing. Errors: `PolicyOptionsError` for bad options.
 * Source: process-compose 1.122.0 (commit 23b0acacc937), `src/app/process.go` (`run`, `isRestartable`,
 * `getBackoff`), `src/app/project_runner.go` (`onProcessEnd`, `resetRestartCount`), `src/types/process.go`.
 *
 * Known surprises: the count is never set back by itself, so that the N-th crash in a year is the last; after a
 * failure under `exit_on_failure` process-compose shuts the whole project down, here the outcome is `refused` and
 * the rest is yours. A stop is a signal and, without `shutdown.timeout_seconds`, no kill: left to the supervisor.
 *
 * @since 0.1.0
 * @example
 * const { policy } = processCompose({ restart: "on_failure", backoffMs: 2_000, maxRestarts: 1 });
 * const exit = { kind: "failed", code: 1 } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 86_400_000 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [once, first] = policy.step(policy.step(policy.initial(), crash, 0)[0], restart, 0);
 * first; // => { type: "launch", delayMs: 2_000 }
 * policy.step(policy.step(once, crash, 9)[0], restart, 9)[1];
 * // => { type: "refuse", reason: "cap-reached", retryAfterMs: null }
 */
export function processCompose(options: ProcessComposeOptions = {}): Preset {
  readArguments("processCompose", arguments, 1);
  const read = readOptions("processCompose", options);
  const restart = read.oneOf("restart", SETTINGS, "no");
  const seconds = "a whole number of seconds in milliseconds, at least 0";
  const backoffMs = Math.max(SECOND_MS, read.checked("backoffMs", seconds, isSeconds, SECOND_MS));
  const maxRestarts = read.whole("maxRestarts", { default: 0 });
  const codes = "an array of whole numbers of at least 0";
  const none: readonly number[] = [];
  const successExitCodes = [...read.checked("successExitCodes", codes, areCodes, none)];
  read.end();

  const isSuccess = (exit: Exit) => successExitCodes.includes(Number(statusOf(exit) ?? Number.NaN));
  const composed = allOf(
    restartOn(TYPES[restart]),
    giveUpOn((exit) => exit.kind === "spawn-failed"),
    lifetimeCap({ restarts: maxRestarts || UNLIMITED }),
    backoff({ curve: constant({ delayMs: backoffMs }), jitter: "none" }),
  );
  return {
    policy: named(
      "processCompose",
      { restart, backoffMs, maxRestarts, successExitCodes },
      forgiving(composed, { byOperator: true }),
      { capMs: backoffMs },
    ),
    isFailure: (exit) => isFailure(exit) && !isSuccess(exit),
    onNotYet: "end",
    operatorLaunches: "ask",
  };
}
