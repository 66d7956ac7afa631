// supervisord's states, for one process.
//
// - A run shorter than `startMs`, or a failed spawn, is a failed start (STARTING, BACKOFF): the k-th in a
//   row waits k seconds; more than `startRetries` of them, and it is over (FATAL). What the exit code was
//   does not matter, nor does `autorestart`.
// - Any other run ended in EXITED: no failed start is held against it any more. It is restarted at once
//   if `autorestart` wants it: always, never, or after an exit code that is not among `exitCodes`.
// - `startRetries` -1: failed starts are retried at once, forever.
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
  type RestartPolicy,
  readState,
  refuse,
  restartPolicy,
} from "@steadfast/policy";
import { statusOf } from "./exit-status.js";

export interface SupervisordSettings {
  readonly startMs: Millis;
  readonly startRetries: number;
  readonly autorestart: boolean | "unexpected";
  readonly exitCodes: readonly number[];
}

export interface SupervisordState {
  /** Failed starts in a row. */
  readonly backoff: number;
  /** When the last of them ended. Null: the last run was long enough, or there was none. */
  readonly failedAt: Millis | null;
  /** Whether the run that ended is to be followed by another; null after a launch. */
  readonly wanted: boolean | null;
}

const FRESH: SupervisordState = { backoff: 0, failedAt: null, wanted: null };
const SECOND_MS = 1_000;

/** Whether an exit is one that supervisord expects. */
export function isExpected(exit: Exit, { exitCodes }: SupervisordSettings): boolean {
  if (exit.kind === "cancelled" || exit.kind === "lost") return true;
  const status = statusOf(exit);
  return typeof status === "number" && exitCodes.includes(status);
}

/** The longest wait there is; none is known where there is no end of retries. */
function longestWait({ startRetries }: SupervisordSettings): { readonly capMs?: Millis } {
  const capMs = Math.max(0, startRetries) * SECOND_MS;
  return Number.isSafeInteger(capMs) ? { capMs } : {};
}

export function supervisordPolicy(settings: SupervisordSettings): RestartPolicy<SupervisordState> {
  const { startMs, startRetries, autorestart, exitCodes } = settings;

  function wants(exit: Exit): boolean {
    if (autorestart !== "unexpected") return autorestart;
    return exit.kind === "lost" || !isExpected(exit, settings);
  }

  function after(state: SupervisordState, event: ExitedEvent, now: Millis): SupervisordState {
    const { exit, uptimeMs } = event;
    const started = exit.kind === "lost" || (exit.kind !== "spawn-failed" && uptimeMs >= startMs);
    if (!started) {
      const backoff = Math.min(state.backoff + 1, Number.MAX_SAFE_INTEGER);
      return { backoff, failedAt: now, wanted: true };
    }
    return { ...FRESH, wanted: wants(exit) };
  }

  return restartPolicy<SupervisordState>({
    name: "supervisord",
    describe: {
      options: { ...settings, exitCodes: [...exitCodes] },
      ...longestWait(settings),
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
}

function unlessSame(state: SupervisordState, next: SupervisordState): SupervisordState {
  const same =
    state.backoff === next.backoff &&
    state.failedAt === next.failedAt &&
    state.wanted === next.wanted;
  return same ? state : next;
}
