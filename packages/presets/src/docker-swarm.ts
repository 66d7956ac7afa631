// Swarm's restart policy, for one task of a service.
//
// - A restart is stamped when it is decided, before its delay. `maxAttempts` of them are allowed in the last
//   `windowMs`; one exactly as old no longer counts. Without a window: ever. One more ends it.
// - The delay is always the same, and runs from the exit. What could not be started is a failure like another.
// - An operator's order (`service update --force`) begins a new history.

import { backoff, constant } from "@steadfast/backoff";
import {
  allOf,
  giveUp,
  isFailure,
  lifetimeCap,
  type Millis,
  readArguments,
  readOptions,
  restartOn,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { forgiving } from "./forgiving.js";
import { named } from "./named.js";
import type { Preset } from "./preset.js";

/**
 * `deploy.restart_policy` of a Compose file, or `--restart-*` of `docker service create`.
 * @since 0.1.0
 */
export interface DockerSwarmOptions {
  /** `condition`: which exits are restarted. Default `any`. */
  readonly condition?: "none" | "on-failure" | "any";
  /** `delay`: how long a restart waits, from 0 to 2^53-1 ms. Default 5 000. */
  readonly delayMs?: number;
  /** `max_attempts`: how many restarts, whole, from 0 (unlimited) to 2^53-1. Default 0. */
  readonly maxAttempts?: number;
  /** `window`: in how long, whole, from 0 (ever) to 2^53-1 ms. Default 0. */
  readonly windowMs?: Millis;
}

const TYPES = { none: "temporary", "on-failure": "transient", any: "permanent" } as const;
const CONDITIONS = ["none", "on-failure", "any"] as const;
const UNLIMITED = Number.MAX_SAFE_INTEGER;

/**
 * Restarts as a Docker Swarm does: after five seconds, so many times in a window.
 *
 * Decides: an exit that `condition` does not want is refused for good with `not-wanted`; what exceeds
 * `maxAttempts` with `window-full`, or without a window with `cap-reached`; else it launches after `delayMs`, from
 * the exit. Units: milliseconds.
 * Defaults: those of Swarm: `any`, 5 s, unlimited, no window.
 * Edges: a restart exactly `windowMs` ago no longer counts; N restarts are N + 1 runs; 0 for `maxAttempts` is
 * unlimited, 0 for `windowMs` is ever. Effect on state: an admitted restart is counted, whatever the exit before
 * it. An operator's launch is asked, in order to set everything back. Health changes nothing.
 * Errors: `PolicyOptionsError` for bad options.
 * Source: swarmkit (commit 3e72cb64da35), `manager/orchestrator/restart/restart.go` (`shouldRestart`,
 * `RecordRestartHistory`), `api/defaults/service.go`.
 *
 * Known surprises: the window is looked back from the exit, and restarts are stamped before their delay; a window
 * that is no longer than `maxAttempts` delays never fills, so that there is no limit; `none` and `on-failure` of a
 * service leave it with fewer tasks than it wants. What could not be started (`rejected`) is retried forever.
 *
 * @since 0.1.0
 * @example
 * const { policy } = dockerSwarm({ maxAttempts: 1, windowMs: 60_000 });
 * const exit = { kind: "failed", code: 1 } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 0 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [once, first] = policy.step(policy.step(policy.initial(), crash, 0)[0], restart, 0);
 * first; // => { type: "launch", delayMs: 5_000 }
 * policy.step(policy.step(once, crash, 59_999)[0], restart, 59_999)[1];
 * // => { type: "refuse", reason: "window-full", retryAfterMs: null }
 * policy.step(policy.step(once, crash, 60_000)[0], restart, 60_000)[1]; // => { type: "launch", delayMs: 5_000 }
 */
export function dockerSwarm(options: DockerSwarmOptions = {}): Preset {
  readArguments("dockerSwarm", arguments, 1);
  const read = readOptions("dockerSwarm", options);
  const condition = read.oneOf("condition", CONDITIONS, "any");
  const delayMs = read.finite("delayMs", { max: Number.MAX_SAFE_INTEGER, default: 5_000 });
  const maxAttempts = read.whole("maxAttempts", { default: 0 });
  const windowMs = read.whole("windowMs", { default: 0 });
  read.end();

  const isWindowed = windowMs > 0;
  const limit = isWindowed ? maxAttempts : 0;
  const window = slidingWindow({ limit, limitZero: "unlimited", windowMs, counts: "restarts" });
  const composed = allOf(
    restartOn(TYPES[condition]),
    lifetimeCap({ restarts: isWindowed ? UNLIMITED : maxAttempts || UNLIMITED }),
    giveUp(window),
    backoff({ curve: constant({ delayMs }), jitter: "none" }),
  );
  return {
    policy: named(
      "dockerSwarm",
      { condition, delayMs, maxAttempts, windowMs },
      forgiving(composed, { byOperator: true }),
      { capMs: Math.ceil(delayMs) },
    ),
    isFailure,
    onNotYet: "end",
    operatorLaunches: "ask",
    gracePeriodMs: 10_000,
  };
}
