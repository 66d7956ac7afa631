// Pekko's OneForOneStrategy, for one child.
//
// - The window is opened by the first failure; a failure more than `withinTimeRange` after that opens
//   the next one, and is restarted. Inside, `maxNrOfRetries` failures are restarted, at once.
// - Without a time range the window never ends. Without a number, but with a time range, it is 1.

import { crashBudget } from "@steadfast/crash-budget";
import {
  allOf,
  giveUp,
  giveUpOn,
  isFailure,
  type Millis,
  readArguments,
  readOptions,
  restartOn,
} from "@steadfast/policy";
import { named } from "./named.js";
import { wholeOrForever } from "./or-forever.js";
import type { Preset } from "./preset.js";

/**
 * The arguments of `OneForOneStrategy`.
 * @since 0.1.0
 */
export interface PekkoOneForOneOptions {
  /** How many restarts fit into the time range, whole, from -1 (not given) to 2^53-1. Default -1. */
  readonly maxNrOfRetries?: number;
  /** The time range, whole, from 0 to 2^53-2 ms; Infinity or null for none (`Duration.Inf`). Default null. */
  readonly withinTimeRangeMs?: Millis | null;
}

const LONGEST_MS = Number.MAX_SAFE_INTEGER - 1;

/**
 * Restarts as a OneForOneStrategy of Pekko (or Akka) does: at once, so many times in a time range.
 *
 * Decides: a failure launches at once while no more than `maxNrOfRetries`, this one included, happened in
 * the window; else it is refused for good with `budget-spent`. An exit that did not fail is refused with
 * `not-wanted`, a child that could not be started with `given-up`. Units: milliseconds. Defaults: those of
 * Pekko: unlimited.
 * Edges: a failure exactly `withinTimeRangeMs` after the window's first is inside; `maxNrOfRetries` 0
 * restarts nothing. Effect on state: a failure is counted. Errors: `PolicyOptionsError` for bad options.
 * Source: Apache Pekko (commit 0addf47fb377), `actor/FaultHandling.scala` (`ChildRestartStats`, `defaultDecider`).
 *
 * Known surprises: the window does not slide, so that nearly twice as many restarts fit into one time
 * range; a time range without a number allows a single restart in it; there is no delay.
 *
 * @since 0.1.0
 * @example
 * const { policy } = pekkoOneForOne({ maxNrOfRetries: 1, withinTimeRangeMs: 1_000 });
 * const exit = { kind: "failed", error: "boom" } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 0 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [once] = policy.step(policy.initial(), crash, 0);
 * policy.step(once, restart, 0)[1]; // => { type: "launch", delayMs: 0 }
 * policy.step(policy.step(once, crash, 1_000)[0], restart, 1_000)[1];
 * // => { type: "refuse", reason: "budget-spent", retryAfterMs: null }
 * policy.step(policy.step(once, crash, 1_001)[0], restart, 1_001)[1];
 * // => { type: "launch", delayMs: 0 }
 */
export function pekkoOneForOne(options: PekkoOneForOneOptions = {}): Preset {
  readArguments("pekkoOneForOne", arguments, 1);
  const read = readOptions("pekkoOneForOne", options);
  const maxNrOfRetries = read.whole("maxNrOfRetries", { min: -1, default: -1 });
  const range = { max: LONGEST_MS, default: null };
  const withinTimeRangeMs = wholeOrForever(read, "withinTimeRangeMs", range);
  read.end();

  const unnumbered = withinTimeRangeMs === null ? Number.MAX_SAFE_INTEGER : 1;
  const budget = crashBudget({
    retries: maxNrOfRetries === -1 ? unnumbered : maxNrOfRetries,
    windowMs: withinTimeRangeMs ?? LONGEST_MS,
    retryDelayMs: 0,
    edge: "closed",
    onHealthy: "ignore",
  });
  return {
    policy: named(
      "pekkoOneForOne",
      { maxNrOfRetries, withinTimeRangeMs },
      allOf(
        restartOn("transient"),
        giveUpOn((exit) => exit.kind === "spawn-failed"),
        giveUp(budget),
      ),
      { capMs: 0 },
    ),
    isFailure,
    onNotYet: "end",
    operatorLaunches: "free",
  };
}
