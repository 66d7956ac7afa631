// Nomad's `restart` block: see nomad-policy.ts for its rule.

import {
  isFailure,
  type Millis,
  PolicyOptionsError,
  readArguments,
  readOptions,
} from "@steadfast/policy";
import { nomadPolicy } from "./nomad-policy.js";
import type { Preset } from "./preset.js";

/**
 * The `restart` block of a Nomad job, and the job's type, on which its defaults depend.
 * @since 0.1.0
 */
export interface NomadOptions {
  /** `type` of the job. `batch` and `sysbatch` are not restarted after a clean exit. Default `service`. */
  readonly jobType?: "service" | "system" | "batch" | "sysbatch";
  /**
   * How many exits in an interval are restarted, whole, from 0 (none; only with `fail`) to 2^53-1. Default 2; 3
   * for batch jobs.
   */
  readonly attempts?: number;
  /**
   * How long an interval lasts, whole, from 5 000 to 2^53-1 ms, and at least `attempts` delays. Default 30
   * minutes; 24 hours for batch jobs.
   */
  readonly intervalMs?: Millis;
  /** How long a restart waits, from 0 to 2^53-1 ms; up to a quarter of it is added. Default 15 000. */
  readonly delayMs?: number;
  /** What follows one exit more: the end (`fail`), or a wait for the next interval (`delay`). Default `fail`. */
  readonly mode?: "fail" | "delay";
}

const SHORTEST_MS = 5_000;
const HALF_HOUR = 1_800_000;
const DAY = 86_400_000;

/**
 * Restarts as a Nomad client does: a few times in an interval, and then no more, or not before the next.
 *
 * Decides: a restart launches after the delay and a jitter of up to a quarter, from the exit; what exceeds
 * `attempts` in the interval is refused for good with `budget-spent`, or with `mode: "delay"` launches at the
 * interval's end; a clean exit of a batch job is refused with `not-wanted`, a task that could not be started
 * with `given-up`. Units: milliseconds.
 * Defaults: those of Nomad: 2 in 30 minutes, batch jobs 3 in 24 hours, 15 s, `fail`.
 * Edges: an exit exactly `intervalMs` after the interval began is inside, unless it was waited for; `attempts` N
 * is N + 1 runs. Effect on state: an exit is counted, a clean one, too. An operator's launch is free and counts
 * nothing. Health changes nothing.
 * Errors: `PolicyOptionsError` for bad options, also for those that Nomad refuses: `attempts` 0 with `delay`, and
 * an interval that is shorter than `attempts` delays.
 * Source: Nomad (commit 0f3f79f19e17), `client/allocrunner/taskrunner/restarts/restarts.go` (`GetState`),
 * `nomad/structs/structs.go` (`RestartPolicy`).
 *
 * Known surprises: the interval begins with the first start, not with the first crash, so that twice `attempts`
 * restarts may follow each other around its end; a run that was long and good forgives nothing by itself. The
 * `reschedule` block is left out: it moves what has failed to another node, which one task alone cannot.
 *
 * @since 0.1.0
 * @example
 * const { policy } = nomad({ attempts: 1, intervalMs: 60_000, mode: "delay" });
 * const exit = { kind: "failed", code: 1 } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 5_000 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [started] = policy.step(policy.initial(), { ...restart, cause: "start" }, 0);
 * const [once, first] = policy.step(policy.step(started, crash, 5_000)[0], restart, 5_000);
 * first; // => { type: "launch", delayMs: 15_000 }
 * policy.step(policy.step(once, crash, 25_000)[0], restart, 25_000)[1];
 * // => { type: "launch", delayMs: 35_000 }
 */
export function nomad(options: NomadOptions = {}): Preset {
  readArguments("nomad", arguments, 1);
  const read = readOptions("nomad", options);
  const types = ["service", "system", "batch", "sysbatch"] as const;
  const jobType = read.oneOf("jobType", types, "service");
  const isBatch = jobType === "batch" || jobType === "sysbatch";
  const attempts = read.whole("attempts", { default: isBatch ? 3 : 2 });
  const delayMs = read.finite("delayMs", { max: Number.MAX_SAFE_INTEGER, default: 15_000 });
  const mode = read.oneOf("mode", ["fail", "delay"], "fail");
  const interval = { min: SHORTEST_MS, default: isBatch ? DAY : HALF_HOUR };
  const intervalMs = read.whole("intervalMs", interval);
  read.end();
  if (attempts === 0 && mode === "delay") {
    throw new PolicyOptionsError("nomad", "attempts", `at least 1 with mode "delay"`, attempts);
  }
  if (attempts * delayMs > intervalMs) {
    const allowed = `at least attempts times delayMs, ${attempts * delayMs}`;
    throw new PolicyOptionsError("nomad", "intervalMs", allowed, intervalMs);
  }
  return {
    policy: nomadPolicy({ jobType, attempts, intervalMs, delayMs, mode }),
    isFailure,
    onNotYet: "end",
    operatorLaunches: "free",
    gracePeriodMs: 5_000,
  };
}
