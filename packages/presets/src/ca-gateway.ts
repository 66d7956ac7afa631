// The server that watches the C ca-gateway.
//
// - Any exit is followed by a restart. `nRestarts` starts in `restartIntervalMs` are the most, the first
//   included; the next one ends it. Time is in whole seconds, rounded down, so a start exactly the
//   interval ago no longer counts, and one up to a second younger may not either.
// - A restart waits `restartDelayMs` if the previous start was less than that ago, else it does not wait
//   at all; see since-previous-start.ts.
// - A process that cannot be made ends it.

import {
  type AllOfState,
  allOf,
  coarse,
  giveUpOn,
  isFailure,
  readArguments,
  readOptions,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { named } from "./named.js";
import type { Preset } from "./preset.js";
import { sincePreviousStart } from "./since-previous-start.js";

/**
 * The constants of the C ca-gateway's `gateway.cc`; all have its values as defaults.
 * @since 0.1.0
 */
export interface CaGatewayOptions {
  /** The most starts in an interval, the first included: a whole number from 1 to 2^53-1. Default 10. */
  readonly nRestarts?: number;
  /** How long a start counts, in whole milliseconds from 0 to 2^53-1. Default 600 000. */
  readonly restartIntervalMs?: number;
  /** How long a restart waits that comes too soon, in whole milliseconds from 0 to 2^53-1. Default 10 000. */
  readonly restartDelayMs?: number;
}

/**
 * Restarts as the C ca-gateway does: at once or after ten seconds, until so many starts are in a window.
 *
 * Decides: a restart after every exit, until there were `nRestarts` starts in an interval.
 * Units: milliseconds, of which whole seconds are looked at. Defaults: 10, 600 s, 10 s.
 * Edge: a start exactly the interval ago, in whole seconds, no longer counts; one exactly the delay ago
 * makes no delay.
 * Known surprises: every second restart of an instant crash loop is immediate, since a start is dated
 * before its delay: it launches at 0, 10, 10, 20, 20, ... 50 s and gives up at 50 s. A gateway that ends
 * well is started again. The source's clock is the wall clock; ours does not go back.
 * Errors: `PolicyOptionsError`. Effect: none, and the policy has no memory but its state.
 * Source: EPICS ca-gateway, `gateway.cc`, `manage_gateway` (read at commit 210b7300f8ef).
 *
 * @since 0.1.0
 * @example
 * const child = cell(caGateway().policy, { clock: () => 0, random: () => 0 });
 * const crash = { type: "exited", exit: { kind: "failed" }, failed: true, uptimeMs: 0 } as const;
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send(crash);
 * child.send({ type: "launch", cause: "restart" }); // => { type: "launch", delayMs: 10_000 }
 */
export function caGateway(options: CaGatewayOptions = {}): Preset<AllOfState> {
  readArguments("caGateway", arguments, 1);
  const read = readOptions("caGateway", options);
  const limit = read.whole("nRestarts", { min: 1, default: 10 });
  const windowMs = read.whole("restartIntervalMs", { default: 600_000 });
  const delayMs = read.whole("restartDelayMs", { default: 10_000 });
  read.end();
  return {
    policy: named(
      "caGateway",
      { nRestarts: limit, restartIntervalMs: windowMs, restartDelayMs: delayMs },
      allOf(
        giveUpOn((exit) => exit.kind === "spawn-failed"),
        coarse(slidingWindow({ limit, windowMs }), 1_000),
        sincePreviousStart(delayMs),
      ),
    ),
    isFailure,
    onNotYet: "end",
    operatorLaunches: "free",
  };
}
