// launchd's KeepAlive and its throttle, for one job.
//
// - KeepAlive true restarts every exit, false none. As a dictionary it restarts an exit that meets any of its
//   conditions: successful (code 0) or not, a crash (a signal such as SIGSEGV or SIGABRT) or not. SIGTERM and
//   SIGKILL are no crash.
// - The throttle is between two starts, in whole seconds: a run of 9.9 s counts as 9, so that with 10 s of throttle
//   the next start is 1 s after its end. A longer run is followed at once.
// - What launchd does not have: an exit that nobody saw is restarted unless nothing is. A task that was cancelled
//   ended well.
//
// A policy of its own: no public one rounds the run down, or restarts a clean exit but not a failure.

import {
  type Exit,
  launch,
  type Millis,
  type RestartPolicy,
  readState,
  refuse,
  restartPolicy,
} from "@steadfast/policy";
import { statusOf } from "./exit-status.js";

/**
 * `KeepAlive` as a dictionary, as far as it is about the exit; any condition that holds restarts.
 * @since 0.1.0
 */
export interface LaunchdConditions {
  /** `SuccessfulExit`: true restarts after exit code 0, false after everything else. Left out: not asked. */
  readonly successfulExit?: boolean;
  /** `Crashed`: true restarts after a signal of a crash, false after everything else. Left out: not asked. */
  readonly crashed?: boolean;
}

export interface LaunchdSettings {
  readonly keepAlive: boolean | LaunchdConditions;
  readonly throttleIntervalMs: Millis;
}

export interface LaunchdState {
  /** When the last run ended. Null: none has. */
  readonly exitedAt: Millis | null;
  /** How long after that the next start may be. */
  readonly delayMs: Millis;
  /** Whether the run that ended is to be followed by another; null after a launch. */
  readonly wanted: boolean | null;
}

const FRESH: LaunchdState = { exitedAt: null, delayMs: 0, wanted: null };
const SECOND_MS = 1_000;
const CRASHES: readonly unknown[] = [
  "SIGILL",
  "SIGTRAP",
  "SIGABRT",
  "SIGFPE",
  "SIGBUS",
  "SIGSEGV",
  "SIGSYS",
];

function same(state: LaunchdState, next: LaunchdState): LaunchdState {
  const keys = Object.keys(FRESH) as (keyof LaunchdState)[];
  return keys.every((key) => state[key] === next[key]) ? state : next;
}

export function launchdPolicy(settings: LaunchdSettings): RestartPolicy<LaunchdState> {
  const { keepAlive, throttleIntervalMs } = settings;
  const asked = typeof keepAlive === "boolean" ? {} : keepAlive;
  const conditions = [asked.successfulExit, asked.crashed].filter((one) => one !== undefined);
  const never = keepAlive === false || (keepAlive !== true && conditions.length === 0);

  function wants(exit: Exit): boolean {
    if (typeof keepAlive === "boolean") return keepAlive;
    if (exit.kind === "lost") return !never;
    const isGood = exit.kind === "completed" || exit.kind === "cancelled";
    const isCrash = CRASHES.includes(statusOf(exit));
    return asked.successfulExit === isGood || asked.crashed === isCrash;
  }

  return restartPolicy<LaunchdState>({
    name: "launchd",
    describe: {
      options: {
        keepAlive: typeof keepAlive === "boolean" ? keepAlive : { ...keepAlive },
        throttleIntervalMs,
      },
      capMs: throttleIntervalMs,
      timesMs: [SECOND_MS, throttleIntervalMs].filter((ms) => ms > 0),
    },
    initial: () => FRESH,
    exited(state, { exit, uptimeMs }, now) {
      const ranMs = Math.floor(uptimeMs / SECOND_MS) * SECOND_MS;
      const delayMs = Math.max(0, throttleIntervalMs - ranMs);
      return same(state, { exitedAt: now, delayMs, wanted: wants(exit) });
    },
    launch(state, { cause }, now) {
      const next = same(state, { ...state, wanted: null });
      const { exitedAt, delayMs, wanted } = state;
      if (cause !== "restart") return [next, launch()];
      if (wanted === false) return [state, refuse("not-wanted", null)];
      const ageMs = exitedAt === null ? delayMs : Math.max(0, now - exitedAt);
      return [next, launch(Math.max(0, delayMs - ageMs))];
    },
    parse(raw, now) {
      const read = readState(raw);
      return {
        exitedAt: read.instant("exitedAt", now),
        delayMs: read.whole("delayMs"),
        wanted: read.oneOf("wanted", [true, false, null]),
      };
    },
  });
}
