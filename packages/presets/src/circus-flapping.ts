// circus's flapping plugin, for a watcher of one process.
//
// - Exits are taken in groups of `attempts`. A group is flapping if its last exit came no more than `windowMs` and
//   the check delay after its first.
// - After a group that is flapping the process starts again `retryInMs` later; after `maxRetry` such groups in a
//   row (-1: any number) it stays down. A group that is not flapping ends the row.
// - All other restarts are immediate. What the exit was does not matter; a failed spawn was no run, and is in no
//   group.
// - What circus does not have: an exit that nobody saw is in no group either.
//
// Between an exit and its launch the state may be a fresh one: what is beside it in circus.ts remembers the exit.
//
// A policy of its own: groups do not overlap, and a pause may be longer than its window.

import {
  type ExitedEvent,
  launch,
  type Millis,
  type RestartPolicy,
  readState,
  refuse,
  restartPolicy,
} from "@steadfast/policy";

export interface CircusSettings {
  readonly attempts: number;
  readonly windowMs: Millis;
  readonly retryInMs: Millis;
  readonly maxRetry: number;
  readonly checkDelayMs: Millis;
}

export interface CircusState {
  /** Exits in the present group. */
  readonly count: number;
  /** When the first of them was. Null: there is none. */
  readonly firstAt: Millis | null;
  /** Flapping groups in a row. */
  readonly tries: number;
  /** When the last run ended, if that made a group flapping. Null: restarts are immediate. */
  readonly flappedAt: Millis | null;
  /** Whether it stays down. */
  readonly isOver: boolean;
}

const FRESH: CircusState = { count: 0, firstAt: null, tries: 0, flappedAt: null, isOver: false };

function same(state: CircusState, next: CircusState): CircusState {
  const keys = Object.keys(FRESH) as (keyof CircusState)[];
  return keys.every((key) => state[key] === next[key]) ? state : next;
}

export function circusFlapping(settings: CircusSettings): RestartPolicy<CircusState> {
  const { attempts, windowMs, retryInMs, maxRetry, checkDelayMs } = settings;
  const flappingMs = Math.min(windowMs + checkDelayMs, Number.MAX_SAFE_INTEGER);

  function exited(state: CircusState, { exit }: ExitedEvent, now: Millis): CircusState {
    if (exit.kind === "lost" || exit.kind === "spawn-failed") return { ...state, flappedAt: null };
    const firstAt = state.firstAt ?? now;
    const count = Math.min(state.count + 1, Number.MAX_SAFE_INTEGER);
    if (count !== attempts) return { ...state, count, firstAt, flappedAt: null };
    if (now - firstAt > flappingMs) return FRESH;
    if (maxRetry !== -1 && state.tries >= maxRetry) return { ...FRESH, isOver: true };
    const tries = Math.min(state.tries + 1, Number.MAX_SAFE_INTEGER);
    return { ...FRESH, tries, flappedAt: now };
  }

  return restartPolicy<CircusState>({
    name: "circusFlapping",
    describe: {
      options: { ...settings },
      capMs: retryInMs,
      timesMs: [windowMs, flappingMs, retryInMs],
    },
    initial: () => FRESH,
    exited: (state, event, now) => same(state, exited(state, event, now)),
    launch(state, { cause }, now) {
      if (cause !== "restart")
        return [same(state, { ...state, isOver: false, flappedAt: null }), launch()];
      if (state.isOver) return [state, refuse("flapping", null)];
      if (state.flappedAt === null) return [state, launch()];
      return [state, launch(Math.max(0, retryInMs - Math.max(0, now - state.flappedAt)))];
    },
    parse(raw, now) {
      const read = readState(raw);
      return {
        count: read.whole("count"),
        firstAt: read.instant("firstAt", now),
        tries: read.whole("tries"),
        flappedAt: read.instant("flappedAt", now),
        isOver: read.checked("isOver", "true or false", (value) => typeof value === "boolean"),
      };
    },
  });
}
