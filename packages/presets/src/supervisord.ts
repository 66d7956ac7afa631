// supervisord: see supervisord-policy.ts for its rule.

import { type Millis, type OptionsReader, readArguments, readOptions } from "@steadfast/policy";
import type { Preset } from "./preset.js";
import { isExpected, type SupervisordSettings, supervisordPolicy } from "./supervisord-policy.js";

/**
 * The settings of a `[program:x]` section that decide about restarts.
 * @since 0.1.0
 */
export interface SupervisordOptions {
  /** `startsecs`: a shorter run is a failed start. Whole, from 0 (no run is) to 2^53-1 ms. Default 1 000. */
  readonly startMs?: Millis;
  /** `startretries`: how many failed starts in a row are tried again, whole, from -1 (all, at once) to 2^53-1. Default 3. */
  readonly startRetries?: number;
  /** `autorestart`: what is restarted that ran for long enough. Default `unexpected`. */
  readonly autorestart?: boolean | "unexpected";
  /** `exitcodes`: the exit codes that are expected, whole numbers, each from 0 to 2^53-1. Default `[0]`. */
  readonly exitCodes?: readonly number[];
}

function isCodes(value: unknown): boolean {
  const isCode = (code: unknown) => Number.isSafeInteger(code) && (code as number) >= 0;
  return Array.isArray(value) && value.every(isCode);
}

function settingsOf(read: OptionsReader<SupervisordOptions>): SupervisordSettings {
  const codes = "an array of whole numbers of at least 0";
  return {
    startMs: read.whole("startMs", { default: 1_000 }),
    startRetries: read.whole("startRetries", { min: -1, default: 3 }),
    autorestart: read.checked<boolean | "unexpected">(
      "autorestart",
      "true, false or unexpected",
      (value) => value === "unexpected" || typeof value === "boolean",
      "unexpected",
    ),
    exitCodes: [...read.checked<readonly number[]>("exitCodes", codes, isCodes, [0])],
  };
}

/**
 * Restarts as supervisord does: failed starts a few times, one second later each time; what has run at
 * once.
 *
 * Decides: after a failed start a restart launches k seconds after its k-th exit in a row, and is refused
 * for good with `fatal` after `startRetries` of them; after any other run it launches at once, or is
 * refused for good with `not-wanted`.
 * Units: milliseconds; the waits are whole seconds. Defaults: those of supervisord: 1 s, 3 retries,
 * `unexpected`, `[0]`.
 * Edges: a run of exactly `startMs` was long enough; `startRetries` N is N + 1 starts; 0 is one; with
 * `startMs` 0 every run was long enough.
 * Effect on state: an exit is counted; `healthy`, which is reported after `startMs` (RUNNING), forgets.
 * Errors: `PolicyOptionsError` for bad options.
 * Source: supervisord 4 (commit 0137efe79129), `supervisor/process.py` (`finish`, `transition`,
 * `change_state`).
 *
 * Known surprises: `autorestart=false` does not stop failed starts from being retried; a job that is done
 * in less than a second counts as a failed start, whatever its exit code; a process that lives for a
 * second restarts forever without a delay; a signal is never an expected exit. supervisord looks once a
 * second, so that its real waits are up to a second longer.
 *
 * @since 0.1.0
 * @example
 * const { policy } = supervisord({ startRetries: 1 });
 * const exit = { kind: "failed", code: 1 } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 999 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [once, first] = policy.step(policy.step(policy.initial(), crash, 0)[0], restart, 0);
 * first; // => { type: "launch", delayMs: 1_000 }
 * policy.step(policy.step(once, crash, 2_000)[0], restart, 2_000)[1];
 * // => { type: "refuse", reason: "fatal", retryAfterMs: null }
 */
export function supervisord(options: SupervisordOptions = {}): Preset {
  readArguments("supervisord", arguments, 1);
  const read = readOptions("supervisord", options);
  const settings = settingsOf(read);
  read.end();
  return {
    policy: supervisordPolicy(settings),
    isFailure: (exit) => !isExpected(exit, settings),
    onNotYet: "end",
    operatorLaunches: "free",
    healthyAfterMs: settings.startMs,
    gracePeriodMs: 10_000,
  };
}
