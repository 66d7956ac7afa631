// processkit 0.7: predicate, restart type, budget, backoff, in that order; see processkit.ts.
//
// - A crash is everything but exit code 0: another code, a signal, a timeout.
// - `maxRestarts` restarts are one run more, over the whole life; it is looked at before the delay.
// - Nothing is ever forgotten: the delay grows with the restarts of a lifetime.

import { backoff } from "@steadfast/backoff";
import { type AllOfState, allOf, readArguments, readOptions } from "@steadfast/policy";
import { flag } from "./flag.js";
import { named } from "./named.js";
import { NEVER_MS } from "./never.js";
import { notCompleted } from "./not-completed.js";
import type { Preset } from "./preset.js";
import { delays, inForce, type ProcesskitOptions, predicate, wanted } from "./processkit.js";

/**
 * What the builder of processkit 0.7's `Supervisor` takes; all have its defaults.
 * @since 0.1.0
 */
export interface Processkit07Options extends ProcesskitOptions {
  /**
   * Whether what users suffer from is fixed: no delay exceeds `maxBackoffMs`, and a run of at least
   * that long brings the delay back to the first. Default false, as in the source.
   */
  readonly fixed?: boolean;
}

/**
 * Restarts as processkit 0.7 `Supervisor` does: after delays that double, with jitter on top, so many times ever.
 *
 * Decides: a restart after a crash, in the order predicate, restart type, budget, backoff.
 * Units: milliseconds. Defaults: `onCrash`, no limit, 200 ms, factor 2, 30 s, jitter.
 * Edges: `maxRestarts` 0 is one run; a delay of 0 has no jitter; with `fixed` a run of exactly
 * `maxBackoffMs` forgives.
 * Known surprises: a jittered delay may reach 1.5 times `maxBackoffMs` (`fixed` keeps it within). A
 * daemon that crashes once a week waits the longest delay after two months (`fixed`: the first).
 * `stopWhen` is not asked about a failed spawn. Dropping the source's future kills the child: so does
 * a stop here, as `gracePeriodMs` is 0.
 * Errors: `PolicyOptionsError`. Effect: none, and the policy has no memory but its state.
 * Source: processkit 0.7, `Supervisor::run`, `backoff_delay`, `apply_jitter`.
 *
 * @since 0.1.0
 * @example
 * const { policy } = processkit07({ maxRestarts: 1, jitter: false });
 * const child = cell(policy, { clock: () => 0, random: () => 0 });
 * const crash = { type: "exited", exit: { kind: "failed" }, failed: true, uptimeMs: 0 } as const;
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send(crash);
 * child.send({ type: "launch", cause: "restart" }); // => { type: "launch", delayMs: 200 }
 * child.send(crash);
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "cap-reached", retryAfterMs: null }
 */
export function processkit07(options: Processkit07Options = {}): Preset<AllOfState> {
  readArguments("processkit07", arguments, 1);
  const read = readOptions<Processkit07Options>("processkit07", options);
  const fixed = flag(read, "fixed");
  const growth = delays(read, fixed);
  const members = wanted(read, { stop: predicate(read, "stopWhen"), giveUp: () => false });
  const filled = inForce(read, growth, ["stopWhen"]);
  read.end();
  const resetAfterMs = fixed ? Math.ceil(growth.capMs) : null;
  return {
    policy: named("processkit07", filled, allOf(...members, backoff({ ...growth, resetAfterMs }))),
    isFailure: notCompleted,
    onNotYet: "end",
    operatorLaunches: "free",
    healthyAfterMs: NEVER_MS,
    gracePeriodMs: 0,
  };
}
