// Nomad's restart tracker, for one task.
//
// - An interval is opened by the first start, and by an exit that comes after its end: exactly at the end is
//   still inside. An exit counts, also a clean one.
// - Up to `attempts` exits in an interval are restarted after the delay and up to a quarter more.
// - One more: with `fail` it is over; with `delay` it is restarted when the interval ends. What was restarted
//   then ends in a new interval, even within the same millisecond.
// - `attempts` 0 restarts nothing. Batch jobs are not restarted after a clean exit.
// - A task that could not be started is not restarted: Nomad retries only what its driver calls recoverable.
// - What Nomad does not have: an exit that nobody saw is restarted, and does not count. A task that was cancelled
//   was killed.
//
// A policy of its own: no public one has a window that the start opens and a later exit opens again.

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

export interface NomadSettings {
  readonly jobType: "service" | "system" | "batch" | "sysbatch";
  readonly attempts: number;
  readonly intervalMs: Millis;
  readonly delayMs: number;
  readonly mode: "fail" | "delay";
}

export interface NomadState {
  /** When the present interval began. Null: nothing was started yet. */
  readonly openedAt: Millis | null;
  /** Exits in it. */
  readonly count: number;
  /** When the last run ended. Null: none has. */
  readonly exitedAt: Millis | null;
  /** What follows it. Null: there is nothing to say. */
  readonly verdict: (typeof VERDICTS)[number];
}

const VERDICTS = [
  "restart",
  "next-interval",
  "not-wanted",
  "given-up",
  "budget-spent",
  null,
] as const;
const FRESH: NomadState = { openedAt: null, count: 0, exitedAt: null, verdict: null };
const JITTER = 0.25;

function same(state: NomadState, next: NomadState): NomadState {
  const keys = Object.keys(FRESH) as (keyof NomadState)[];
  return keys.every((key) => state[key] === next[key]) ? state : next;
}

/** `now`, or the newest instant remembered: a clock that goes back stands still. */
function notBefore({ openedAt, exitedAt }: NomadState, now: Millis): Millis {
  return Math.max(now, openedAt ?? now, exitedAt ?? now);
}

export function nomadPolicy(settings: NomadSettings): RestartPolicy<NomadState> {
  const { jobType, attempts, intervalMs, delayMs, mode } = settings;
  const restartsSuccess = jobType === "service" || jobType === "system";
  const longestMs = Math.ceil(delayMs * (1 + JITTER));
  const capMs = mode === "delay" ? Math.max(longestMs, intervalMs) : longestMs;

  function verdictOn(exit: Exit, count: number): NomadState["verdict"] {
    if (exit.kind === "cancelled") return "not-wanted";
    if (exit.kind === "completed" && !restartsSuccess) return "not-wanted";
    if (attempts === 0) return "budget-spent";
    if (exit.kind === "spawn-failed") return "given-up";
    if (count <= attempts) return "restart";
    return mode === "fail" ? "budget-spent" : "next-interval";
  }

  function exited(state: NomadState, { exit, uptimeMs }: ExitedEvent, now: Millis): NomadState {
    const exitedAt = notBefore(state, now);
    const began = state.openedAt ?? exitedAt - uptimeMs;
    const ageMs = exitedAt - began;
    const waited = state.verdict === "next-interval";
    const isOver = ageMs > intervalMs || (waited && ageMs >= intervalMs);
    const openedAt = isOver ? exitedAt : began;
    const before = isOver ? 0 : state.count;
    if (exit.kind === "lost") {
      const verdict = attempts === 0 ? "budget-spent" : "restart";
      return { openedAt, count: before, exitedAt, verdict };
    }
    const count = Math.min(before + 1, Number.MAX_SAFE_INTEGER);
    return { openedAt, count, exitedAt, verdict: verdictOn(exit, count) };
  }

  return restartPolicy<NomadState>({
    name: "nomad",
    describe: {
      options: { ...settings },
      ...(capMs < Number.MAX_SAFE_INTEGER && { capMs }),
      timesMs: [intervalMs, Math.ceil(delayMs), longestMs].filter((ms) => ms > 0),
    },
    initial: () => FRESH,
    exited: (state, event, now) => same(state, exited(state, event, now)),
    launch(state, { cause, draw }, now) {
      const { openedAt, exitedAt, verdict } = state;
      if (cause === "operator") return [same(state, { ...state, verdict: null }), launch()];
      if (openedAt === null) return [{ ...state, openedAt: now }, launch()];
      if (cause === "start" || exitedAt === null || verdict === null) return [state, launch()];
      if (verdict === "next-interval") {
        return [state, launch(Math.max(0, openedAt + intervalMs - notBefore(state, now)))];
      }
      if (verdict !== "restart") return [state, refuse(verdict, null)];
      const wholeMs = delayMs + delayMs * JITTER * draw;
      return [state, launch(Math.max(0, wholeMs - Math.max(0, now - exitedAt)))];
    },
    parse(raw, now) {
      const read = readState(raw);
      return {
        openedAt: read.instant("openedAt", now),
        count: read.whole("count"),
        exitedAt: read.instant("exitedAt", now),
        verdict: read.oneOf("verdict", VERDICTS),
      };
    },
  });
}
