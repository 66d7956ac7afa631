// running-process `BackendRecoveryState`: one retry per window, then a refusal with a time.
//
// - The first crash opens a window and is retried after `retryBackoffMs`; every later one in it is
//   refused until its end. A crash at exactly the end opens the next window.
// - A healthy run forgets the window.

import { crashBudget } from "@steadfast/crash-budget";
import {
  type AllOfState,
  allOf,
  isFailure,
  readArguments,
  readOptions,
  restartOn,
} from "@steadfast/policy";
import { flag } from "./flag.js";
import { named } from "./named.js";
import type { Preset } from "./preset.js";

/**
 * The fields of running-process' `BackendRecoveryPolicy`; all have its defaults.
 * @since 0.1.0
 */
export interface RunningProcessRecoveryOptions {
  /** How long the retry waits, from 0 to 2^53-1 ms; 0 becomes 1. Default 250. */
  readonly retryBackoffMs?: number;
  /** How long a window lasts, in whole milliseconds from 0 to 2^53-1; 0 becomes 1. Default 30 000. */
  readonly budgetWindowMs?: number;
  /** As a struct literal, which the source's constructor does not see: 0 stays 0. Default false. */
  readonly literal?: boolean;
}

/**
 * Restarts as running-process 4.5.5 `BackendRecoveryState` recommends: one retry in a window, then not yet.
 *
 * Decides: one restart per window of crashes, then "not yet" until its end.
 * A backend that ends well is not restarted. Units: milliseconds. Defaults: 250 ms, 30 s.
 * Edges: a crash at exactly the window's end is retried; a `retryBackoffMs` of at least the window means
 * that every crash is retried; with `literal` a window of 0, too.
 * Known surprises: a healthy run forgets everything, so a backend that crashes every 11 s under a
 * supervisor that calls it healthy after 10 s is retried forever. A crash just before the window's end
 * waits `retryBackoffMs` all the same. The source keeps a window per key:
 * `keyed(preset.policy, { maxKeys })`, which is bounded.
 * Errors: `PolicyOptionsError`. Effect: none, and the policy has no memory but its state.
 * Source: running-process 4.5.5, `BackendRecoveryState::record_crash`, `record_success`.
 *
 * @since 0.1.0
 * @example
 * const { policy } = runningProcessRecovery();
 * const child = cell(policy, { clock: () => 0, random: () => 0 });
 * const crash = { type: "exited", exit: { kind: "failed" }, failed: true, uptimeMs: 0 } as const;
 * child.send(crash);
 * child.send({ type: "launch", cause: "restart" }); // => { type: "launch", delayMs: 250 }
 * child.send(crash);
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "budget-spent", retryAfterMs: 30_000 }
 */
export function runningProcessRecovery(
  options: RunningProcessRecoveryOptions = {},
): Preset<AllOfState> {
  readArguments("runningProcessRecovery", arguments, 1);
  const read = readOptions("runningProcessRecovery", options);
  const max = Number.MAX_SAFE_INTEGER;
  const literal = flag(read, "literal");
  const nonZero = (ms: number) => (ms === 0 && !literal ? 1 : ms);
  const retryBackoffMs = nonZero(read.finite("retryBackoffMs", { max, default: 250 }));
  const budgetWindowMs = nonZero(read.whole("budgetWindowMs", { default: 30_000 }));
  read.end();
  return {
    policy: named(
      "runningProcessRecovery",
      { retryBackoffMs, budgetWindowMs, literal },
      allOf(
        restartOn("transient"),
        crashBudget({ retries: 1, windowMs: budgetWindowMs, retryDelayMs: retryBackoffMs }),
      ),
    ),
    isFailure,
    onNotYet: "wait",
    operatorLaunches: "free",
  };
}
