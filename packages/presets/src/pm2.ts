// pm2: see pm2-policy.ts for its rule.

import { isFailure, type Millis, readArguments, readOptions } from "@steadfast/policy";
import { flag } from "./flag.js";
import { isStopCode, pm2Policy } from "./pm2-policy.js";
import type { Preset } from "./preset.js";

/**
 * The options of a pm2 app that decide about its restarts.
 * @since 0.1.0
 */
export interface Pm2Options {
  /** Whether it is restarted at all. Default true. */
  readonly autorestart?: boolean;
  /** How many unstable runs make it errored, whole, from 0 (one run) to 2^53-1. Default 16. */
  readonly maxRestarts?: number;
  /** A shorter run is unstable. Whole, from 0 (none is) to 2^53-1 ms. Default 1 000. */
  readonly minUptimeMs?: Millis;
  /** How long each restart waits, from 0 to 2^53-1 ms. Default 0. */
  readonly restartDelayMs?: number;
  /** The first delay of those that grow, instead: from 0 (off) to 2^53-1 ms. Default 0. */
  readonly expBackoffRestartDelayMs?: number;
  /** Exit codes after which it stays down, whole numbers, each from 0 to 2^53-1. Default: none. */
  readonly stopExitCodes?: readonly number[];
  /** Whether the limit is `maxRestarts` unstable runs in a row, at whatever time. Default false, as in pm2. */
  readonly fixed?: boolean;
}

const isBoolean = (value: unknown) => typeof value === "boolean";

function isCodes(value: unknown): boolean {
  const isCode = (code: unknown) => Number.isSafeInteger(code) && (code as number) >= 0;
  return Array.isArray(value) && value.every(isCode);
}

/**
 * Restarts as pm2 does: whatever the exit, until there were too many short runs soon after the first
 * launch.
 *
 * Decides: an exit whose code is in `stopExitCodes`, or any without `autorestart`, is refused for good
 * with `not-wanted`; at `maxRestarts` unstable runs, and after a failed spawn, with `errored`; else it
 * launches after the delay, from the exit. Units: milliseconds.
 * Defaults: those of pm2: 16 runs shorter than 1 s, no delay.
 * Edges: a run of exactly `minUptimeMs` is stable; `maxRestarts` N is N launches where every run is
 * unstable; 0 ends it after the first; a growing delay is set back by a run of more than 30 s.
 * Effect on state: an exit is counted. An operator's launch is asked, in order to set everything back.
 * Health changes nothing. Errors: `PolicyOptionsError` for bad options.
 * Source: pm2 7.0.3, `lib/God.js` (`handleExit`, `executeApp`), `lib/God/Methods.js` (`resetState`),
 * `lib/Worker.js`.
 *
 * Known surprises: a short run counts only within `minUptimeMs * maxRestarts` (16 s) of the first launch,
 * so that with any delay, or a crash on the third day, the limit is never reached (pm2 issues 718,
 * 4433). `fixed: true` counts short runs in a row, as pm2's documentation says, so that it is: for a run
 * of `minUptimeMs` or more there is no limit either way. An app that completes is restarted like one
 * that crashes. A signal counts as code 0 in `stopExitCodes` (not with `fixed`). pm2 looks for runs of more
 * than 30 s only twice a minute.
 *
 * @since 0.1.0
 * @example
 * const exit = { kind: "failed", code: 1 } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 50 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const lastOf = (fixed: boolean) => {
 *   const { policy } = pm2({ maxRestarts: 2, restartDelayMs: 5_000, fixed });
 *   const once = policy.step(policy.initial(), crash, 50)[0];
 *   return policy.step(policy.step(once, crash, 5_100)[0], restart, 5_100)[1];
 * };
 * lastOf(false); // => { type: "launch", delayMs: 5_000 }
 * lastOf(true); // => { type: "refuse", reason: "errored", retryAfterMs: null }
 */
export function pm2(options: Pm2Options = {}): Preset {
  readArguments("pm2", arguments, 1);
  const read = readOptions("pm2", options);
  const max = Number.MAX_SAFE_INTEGER;
  const codes = "an array of whole numbers of at least 0";
  const settings = {
    autorestart: read.checked("autorestart", "true or false", isBoolean, true),
    maxRestarts: read.whole("maxRestarts", { default: 16 }),
    minUptimeMs: read.whole("minUptimeMs", { default: 1_000 }),
    restartDelayMs: read.finite("restartDelayMs", { max, default: 0 }),
    expBackoffRestartDelayMs: read.finite("expBackoffRestartDelayMs", { max, default: 0 }),
    stopExitCodes: [...read.checked<readonly number[]>("stopExitCodes", codes, isCodes, [])],
    fixed: flag(read, "fixed"),
  };
  read.end();
  return {
    policy: pm2Policy(settings),
    isFailure: (exit) => isFailure(exit) && !isStopCode(exit, settings),
    onNotYet: "end",
    operatorLaunches: "ask",
    gracePeriodMs: 1_600,
  };
}
