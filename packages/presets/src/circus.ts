// circus with its flapping plugin: see circus-flapping.ts for its rule.

import {
  allOf,
  giveUpOn,
  type Millis,
  readArguments,
  readOptions,
  restartOn,
} from "@steadfast/policy";
import { circusFlapping } from "./circus-flapping.js";
import { named } from "./named.js";
import type { Preset } from "./preset.js";

/**
 * The options of circus's flapping plugin, and the check delay that it allows for.
 * @since 0.1.0
 */
export interface CircusOptions {
  /** How many exits are one group, whole, from 0 (there is no group) to 2^53-1. Default 2. */
  readonly attempts?: number;
  /** `window`: how close together they are flapping, whole, from 0 to 2^53-1 ms. Default 1 000. */
  readonly windowMs?: Millis;
  /** `retry_in`: how long the pause after them is, whole, from 0 to 2^53-1 ms. Default 7 000. */
  readonly retryInMs?: Millis;
  /** `max_retry`: how many pauses in a row, whole, from -1 (any number) to 2^53-1. Default 5. */
  readonly maxRetry?: number;
  /** `check_delay`: what is added to the window, whole, from 0 to 2^53-1 ms. Default 5 000. */
  readonly checkDelayMs?: Millis;
}

/**
 * Restarts as circus does with its flapping plugin: at once, and with a pause when it dies too often; after some
 * pauses in a row it stays down.
 *
 * Decides: a restart launches at once; after a group of exits that came too close it launches `retryInMs` after the
 * last of them; after `maxRetry` such groups in a row it is refused for good with `flapping`, and at
 * once with `given-up` where it cannot be started. Units: milliseconds.
 * Defaults: those of circus: 2 in 1 s (and 5 s of check delay), 7 s, 5 times.
 * Edges: exits exactly `windowMs` and `checkDelayMs` apart are flapping; `attempts` 1 always is, 0 never; `maxRetry`
 * 0 is the end after the first such group. Effect on state: an exit is counted, whatever it was. An operator's
 * launch is asked, and begins after the end with no pauses behind it. Health changes nothing.
 * Errors: `PolicyOptionsError` for bad options.
 * Source: circus 0.19.0 (commit ce7bab244cda), `circus/plugins/flapping.py` (`check`), `circus/watcher.py`
 * (`spawn_processes`), `circus/config.py`.
 *
 * Known surprises: the check delay widens the window from one second to six; groups do not overlap, so that two
 * crashes at once may be of two groups; a clean exit counts like a crash. circus looks once in a check delay, so
 * that its restarts come later than these.
 *
 * @since 0.1.0
 * @example
 * const { policy } = circus({ maxRetry: 1 });
 * const exit = { kind: "failed", code: 1 } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 0 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * let state = policy.initial();
 * const answers = [0, 6_000, 13_000, 19_000].map((now) => {
 *   [state] = policy.step(state, crash, now);
 *   return policy.step(state, restart, now)[1];
 * });
 * answers[0]; // => { type: "launch", delayMs: 0 }
 * answers[1]; // => { type: "launch", delayMs: 7_000 }
 * answers[2]; // => { type: "launch", delayMs: 0 }
 * answers[3]; // => { type: "refuse", reason: "flapping", retryAfterMs: null }
 */
export function circus(options: CircusOptions = {}): Preset {
  readArguments("circus", arguments, 1);
  const read = readOptions("circus", options);
  const settings = {
    attempts: read.whole("attempts", { default: 2 }),
    windowMs: read.whole("windowMs", { default: 1_000 }),
    retryInMs: read.whole("retryInMs", { default: 7_000 }),
    maxRetry: read.whole("maxRetry", { min: -1, default: 5 }),
    checkDelayMs: read.whole("checkDelayMs", { default: 5_000 }),
  };
  read.end();
  return {
    policy: named(
      "circus",
      settings,
      allOf(
        restartOn("permanent"),
        giveUpOn((exit) => exit.kind === "spawn-failed"),
        circusFlapping(settings),
      ),
      { capMs: settings.retryInMs },
    ),
    isFailure: (exit) => exit.kind !== "lost",
    onNotYet: "end",
    operatorLaunches: "ask",
    gracePeriodMs: 30_000,
  };
}
