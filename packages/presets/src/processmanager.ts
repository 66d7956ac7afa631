// processmanager's `RestartSupervisor`: forever, each time later.
//
// - The n-th failure waits min(initial * factor^(n-1), max), from the failure; it is counted from 1 and
//   never forgotten. There is no limit and no jitter.
// - A child that ends well ends it.
// - A reload or any other message that comes while it waits ends the delay.

import { backoff, table } from "@steadfast/backoff";
import { type AllOfState, allOf, readArguments, readOptions, restartOn } from "@steadfast/policy";
import { flag } from "./flag.js";
import { named } from "./named.js";
import { NEVER_MS } from "./never.js";
import { notCompleted } from "./not-completed.js";
import type { Preset } from "./preset.js";

/**
 * The fields of processmanager's `RestartBackoff`; all have its defaults.
 * @since 0.1.0
 */
export interface ProcessmanagerOptions {
  /** The delay after the first failure, from 0 to 2^53-1 ms. Default 200. */
  readonly initialMs?: number;
  /** The longest delay, from 0 to 2^53-1 ms; below `initialMs` it wins. Default 30 000. */
  readonly maxMs?: number;
  /** What each delay is multiplied by, a whole number from 0 to 2^53-1. 0 becomes 1. Default 2. */
  readonly factor?: number;
  /**
   * As a struct literal, which the source's constructor does not see: a factor of 0 stays 0, so that
   * only the first failure waits. Default false.
   */
  readonly literal?: boolean;
  /**
   * Whether a run of at least `maxMs` forgives the failures before it. Default false, as in the source:
   * a child that fails once a month waits the longest delay from its eighth failure on.
   */
  readonly fixed?: boolean;
}

/**
 * Restarts as processmanager 0.6.0 `RestartSupervisor` does: forever, after delays that double up to 30 seconds.
 *
 * Decides: a restart after every failure, later each time. Units:
 * milliseconds. Defaults: 200 ms, factor 2, 30 s. Edge: a `maxMs` below `initialMs` caps the first delay,
 * too; with `fixed` a run of exactly `maxMs` forgives.
 * Known surprises: nothing is ever forgotten (`fixed` does). `reload()` and `send()` end a delay, also
 * where nobody is there to hear them. The source asks a child to stop and waits forever; its manager
 * waits 30 s, which is the `gracePeriodMs` here.
 * Errors: `PolicyOptionsError`. Effect: none, and the policy has no memory but its state.
 * Source: processmanager 0.6.0, `RestartBackoff` and `RestartSupervisor`.
 *
 * @since 0.1.0
 * @example
 * const { policy, delayCutBy } = processmanager();
 * delayCutBy; // => ["reload", "send"]
 * const child = cell(policy, { clock: () => 0, random: () => 0 });
 * const crash = { type: "exited", exit: { kind: "failed" }, failed: true, uptimeMs: 0 } as const;
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send(crash);
 * child.send({ type: "launch", cause: "restart" }); // => { type: "launch", delayMs: 200 }
 * child.send(crash);
 * child.send({ type: "launch", cause: "restart" }); // => { type: "launch", delayMs: 400 }
 */
export function processmanager(options: ProcessmanagerOptions = {}): Preset<AllOfState> {
  readArguments("processmanager", arguments, 1);
  const read = readOptions("processmanager", options);
  const max = Number.MAX_SAFE_INTEGER;
  const initialMs = read.finite("initialMs", { max, default: 200 });
  const maxMs = read.finite("maxMs", { max, default: 30_000 });
  const literal = flag(read, "literal");
  const factor = Math.max(literal ? 0 : 1, read.whole("factor", { default: 2 }));
  const fixed = flag(read, "fixed");
  const resetAfterMs = fixed ? Math.ceil(maxMs) : null;
  read.end();
  const growth =
    factor === 0
      ? { curve: table([Math.min(initialMs, maxMs), 0]) }
      : { initialMs, factor, capMs: maxMs };
  return {
    policy: named(
      "processmanager",
      { initialMs, maxMs, factor, literal, fixed },
      allOf(restartOn("transient"), backoff({ ...growth, jitter: "none", resetAfterMs })),
    ),
    isFailure: notCompleted,
    onNotYet: "wait",
    operatorLaunches: "free",
    healthyAfterMs: NEVER_MS,
    gracePeriodMs: 30_000,
    delayCutBy: ["reload", "send"],
  };
}
