// Pekko's BackoffSupervisor, for one child. (pekko-one-for-one.ts is its supervision strategy.)
//
// - The delay before a restart is min(max, min * 2^n) * (1 + draw * randomFactor), n being the restarts
//   in a row before it. The jitter comes after the cap, and exceeds it. With `fixed` the delay before the
//   jitter is capped so much lower that the longest with it is the cap.
// - A run of at least `autoResetMs` sets n back. With `maxNrOfRetries` N, N restarts in a row are
//   allowed, and the next stops the supervisor.

import { backoff, type Jitter, proportional } from "@steadfast/backoff";
import {
  allOf,
  isFailure,
  lifetimeCap,
  type Millis,
  readArguments,
  readOptions,
  restartOn,
} from "@steadfast/policy";
import { flag } from "./flag.js";
import { forgiving } from "./forgiving.js";
import { named } from "./named.js";
import type { Preset } from "./preset.js";

/**
 * The arguments of `BackoffOpts`.
 * @since 0.1.0
 */
export interface PekkoOptions {
  /** The first delay, whole, from 1 to 2^53-1 ms. Default 3 000, as in Pekko's documentation. */
  readonly minBackoffMs?: Millis;
  /** The longest delay before the jitter, whole, from 1 to 2^53-1 ms. Default 30 000, likewise. */
  readonly maxBackoffMs?: Millis;
  /** How much of the delay the jitter may add, from 0 to 1. Default 0.2, likewise. */
  readonly randomFactor?: number;
  /** How many restarts in a row are allowed, whole, from -1 (unlimited) to 2^53-1. Default -1. */
  readonly maxNrOfRetries?: number;
  /**
   * A run of at least this long sets the delay and the count back, whole, from 0 to 2^53-1 ms; null: only
   * `reset` does (`withManualReset`). Default `minBackoffMs`.
   */
  readonly autoResetMs?: Millis | null;
  /** `stop` (default): every exit is restarted (`onStop`). `failure`: those that failed (`onFailure`). */
  readonly on?: "stop" | "failure";
  /** Whether the jitter stays within `maxBackoffMs`. Default false, as in Pekko. */
  readonly fixed?: boolean;
}

/** From the delay to `high` times that. */
function above(high: number): Jitter {
  return proportional({ low: 1, high, capOrder: "before-jitter" });
}

/** The same, and rounding does not carry it beyond `mostMs`. */
function within(high: number, mostMs: number): Jitter {
  const jitter = above(high);
  const { describe, spread } = jitter;
  return { describe, spread: (...given) => Math.min(spread(...given), mostMs) };
}

/**
 * Restarts as a BackoffSupervisor of Pekko (or Akka) does: after a delay that doubles, with jitter on top.
 *
 * Decides: a restart launches after the delay, from the exit; after `maxNrOfRetries` in a row it is
 * refused for good with `cap-reached`; with `on: "failure"` an exit that did not fail is refused with
 * `not-wanted`. Units: milliseconds. Defaults: the values of Pekko's documentation, no limit.
 * Edges: `autoResetMs` is included; exactly `maxNrOfRetries` restarts in a row are allowed; 0 is none.
 * Effect on state: an admitted restart is counted. Health changes nothing: only the length of a run does.
 * Errors: `PolicyOptionsError` for bad options; `maxBackoffMs` below `minBackoffMs`, which Pekko refuses,
 * is the longest delay.
 * Source: Apache Pekko (commit 9d9771347e7f), `pattern/internal/BackoffOnStopSupervisor.scala`,
 * `BackoffOnRestartSupervisor.scala`, `pattern/HandleBackoff.scala`, `pattern/RetrySupport.scala`.
 *
 * Known surprises: a delay may be `randomFactor` longer than `maxBackoffMs` (`fixed: true` keeps it
 * within, and spread); with the default `autoResetMs` a child that lives for three seconds always waits the shortest
 * delay. Left out: `withinTimeRange` of `onFailure`, which only ever forgets a count of exactly 1, and the
 * loss of jitter where Pekko's own arithmetic overflows.
 *
 * @since 0.1.0
 * @example
 * const { policy } = pekko({ minBackoffMs: 3_000, maxBackoffMs: 3_000, randomFactor: 0.5 });
 * const exit = { kind: "failed", code: 1 } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 0 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0.5, wall: 0 } as const;
 * policy.step(policy.step(policy.initial(), crash, 0)[0], restart, 0)[1];
 * // => { type: "launch", delayMs: 3_750 }
 */
export function pekko(options: PekkoOptions = {}): Preset {
  readArguments("pekko", arguments, 1);
  const read = readOptions("pekko", options);
  const minBackoffMs = read.whole("minBackoffMs", { min: 1, default: 3_000 });
  const maxBackoffMs = read.whole("maxBackoffMs", { min: 1, default: 30_000 });
  const randomFactor = read.finite("randomFactor", { max: 1, default: 0.2 });
  const maxNrOfRetries = read.whole("maxNrOfRetries", { min: -1, default: -1 });
  const autoResetMs =
    read.raw("autoResetMs") === null ? null : read.whole("autoResetMs", { default: minBackoffMs });
  const on = read.oneOf("on", ["stop", "failure"], "stop");
  const fixed = flag(read, "fixed");
  read.end();

  const high = 1 + randomFactor;
  const jitter = fixed ? within(high, maxBackoffMs) : above(high);
  const restarts = maxNrOfRetries === -1 ? Number.MAX_SAFE_INTEGER : maxNrOfRetries;
  const delay = backoff({
    initialMs: minBackoffMs,
    factor: 2,
    capMs: fixed ? maxBackoffMs / high : maxBackoffMs,
    jitter,
    counts: "restarts",
  });
  const { capMs } = delay.describe;
  return {
    policy: named(
      "pekko",
      { minBackoffMs, maxBackoffMs, randomFactor, maxNrOfRetries, autoResetMs, on, fixed },
      allOf(
        restartOn(on === "stop" ? "permanent" : "transient"),
        forgiving(lifetimeCap({ restarts }), { afterMs: autoResetMs }),
        forgiving(delay, { afterMs: autoResetMs }),
      ),
      capMs === undefined ? {} : { capMs },
    ),
    isFailure,
    onNotYet: "end",
    operatorLaunches: "free",
  };
}
