// supervisord's states, for one process.
//
// - A run shorter than `startMs`, or a failed spawn, is a failed start (STARTING, BACKOFF): the k-th in a
//   row waits k seconds; more than `startRetries` of them, and it is over (FATAL). What the exit code was
//   does not matter, nor does `autorestart`.
// - Any other run ended in EXITED: no failed start is held against it any more. It is restarted at once
//   if `autorestart` wants it: always, never, or after an exit code that is not among `exitCodes`.
// - `startRetries` -1: failed starts are retried at once, for ever.
// - What supervisord does not have: a task that was cancelled ended as expected; an exit that nobody saw
//   is no failed start, and is restarted unless `autorestart` is false.
//
// A policy of its own: the public ones count failures, and a delay for the failed starts only, with none
// after a long run, is no curve.

import {
  type Exit,
  type ExitedEvent,
  launch,
  type Millis,
  type OptionsReader,
  readOptions,
  readState,
  refuse,
  restartPolicy,
} from "@steadfast/policy";
import { statusOf } from "./exit-status.js";
import type { Preset } from "./preset.js";

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

interface SupervisordState {
  /** Failed starts in a row. */
  readonly backoff: number;
  /** When the last of them ended. Null: the last run was long enough, or there was none. */
  readonly failedAt: Millis | null;
  /** Whether the run that ended is to be followed by another; null after a launch. */
  readonly wanted: boolean | null;
}

const FRESH: SupervisordState = { backoff: 0, failedAt: null, wanted: null };
const SECOND_MS = 1_000;

function isCodes(value: unknown): boolean {
  const isCode = (code: unknown) => Number.isSafeInteger(code) && (code as number) >= 0;
  return Array.isArray(value) && value.every(isCode);
}

function settingsOf(read: OptionsReader<SupervisordOptions>) {
  const codes = "an array of whole numbers of at least 0";
  return {
    startMs: read.whole("startMs", { default: SECOND_MS }),
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
 * refused for good with `not-wanted` (rules at the top of the source).
 * Units: milliseconds; the waits are whole seconds. Defaults: those of supervisord: 1 s, 3 retries,
 * `unexpected`, `[0]`.
 * Edges: a run of exactly `startMs` was long enough; `startRetries` N is N + 1 starts; 0 is one; with
 * `startMs` 0 every run was long enough.
 * Effect on state: an exit is counted; `healthy`, which is told after `startMs` (RUNNING), forgets.
 * Errors: `PolicyOptionsError` for bad options.
 * Source: Supervisor 4 (commit 0137efe79129), `supervisor/process.py` (`finish`, `transition`,
 * `change_state`).
 *
 * Known surprises: `autorestart=false` does not stop failed starts from being retried; a job that is done
 * in less than a second counts as a failed start, whatever its exit code; a process that lives for a
 * second restarts for ever without a delay; a signal is never an expected exit. supervisord looks once a
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
  const read = readOptions("supervisord", options);
  const settings = settingsOf(read);
  read.end();
  const { startMs, startRetries, autorestart, exitCodes } = settings;

  function isExpected(exit: Exit): boolean {
    if (exit.kind === "cancelled" || exit.kind === "lost") return true;
    const status = statusOf(exit);
    return typeof status === "number" && exitCodes.includes(status);
  }

  function after(state: SupervisordState, event: ExitedEvent, now: Millis): SupervisordState {
    const { exit, uptimeMs } = event;
    const started = exit.kind === "lost" || (exit.kind !== "spawn-failed" && uptimeMs >= startMs);
    if (!started) {
      const backoff = Math.min(state.backoff + 1, Number.MAX_SAFE_INTEGER);
      return { backoff, failedAt: now, wanted: true };
    }
    const wanted =
      autorestart === "unexpected" ? exit.kind === "lost" || !isExpected(exit) : autorestart;
    return { ...FRESH, wanted };
  }

  const policy = restartPolicy<SupervisordState>({
    name: "supervisord",
    describe: {
      options: settings,
      ...(startRetries === -1 && { capMs: 0 }),
      ...(startRetries <= Number.MAX_SAFE_INTEGER / SECOND_MS &&
        startRetries >= 0 && { capMs: startRetries * SECOND_MS }),
      timesMs: [SECOND_MS, startMs],
    },
    initial: () => FRESH,
    exited: (state, event, now) => unlessSame(state, after(state, event, now)),
    healthy: (state) => unlessSame(state, FRESH),
    launch(state, { cause }, now) {
      const next = unlessSame(state, { ...state, wanted: null });
      const { backoff, failedAt } = state;
      if (cause !== "restart") return [next, launch()];
      if (state.wanted === false) return [state, refuse("not-wanted", null)];
      if (startRetries === -1 || failedAt === null) return [next, launch()];
      if (backoff > startRetries) return [state, refuse("fatal", null)];
      return [next, launch(Math.max(0, backoff * SECOND_MS - Math.max(0, now - failedAt)))];
    },
    parse(raw, now) {
      const saved = readState(raw);
      return {
        backoff: saved.whole("backoff"),
        failedAt: saved.instant("failedAt", now),
        wanted: saved.oneOf("wanted", [true, false, null]),
      };
    },
  });
  return {
    policy,
    isFailure: (exit) => !isExpected(exit),
    onNotYet: "end",
    operatorLaunches: "free",
    healthyAfterMs: startMs,
    gracePeriodMs: 10_000,
  };
}

function unlessSame(state: SupervisordState, next: SupervisordState): SupervisordState {
  const same =
    state.backoff === next.backoff &&
    state.failedAt === next.failedAt &&
    state.wanted === next.wanted;
  return same ? state : next;
}
