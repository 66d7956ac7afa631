// suture's failure count and its pause.
//
// - Each failure makes the score `score * 0.5^(age / decay) + 1`, age being the time since the failure
//   before it. Above the threshold (strictly) a pause begins, or begins again.
// - The pause lasts `pauseMs` times a factor that is drawn once for each, by the first request in it, and
//   remembered: of the public policies `decayingBudget` keeps the pause but has no such draw, since its
//   refusal changes nothing.
// - In the pause a restart is refused until its end. Then the score is 0.
// - `start` and `operator` launch at once. A clock that goes back stands still.

import {
  launch,
  type Millis,
  type RestartPolicy,
  readState,
  refuse,
  restartPolicy,
} from "@steadfast/policy";

export interface SuturePauseSettings {
  readonly decayMs: number;
  readonly threshold: number;
  readonly pauseMs: Millis;
  /** The largest factor of a pause; 1 for none. */
  readonly jitter: number;
}

export interface SuturePauseState {
  /** The score as it was at the last failure. */
  readonly score: number;
  /** When that was. Null: none since the score was last 0. */
  readonly failedAt: Millis | null;
  /** When the present pause began. Null: there is none to mind. */
  readonly pausedAt: Millis | null;
  /** How long it lasts. Null: there is none, or nobody has asked in it yet. */
  readonly pauseMs: number | null;
}

const FRESH: SuturePauseState = { score: 0, failedAt: null, pausedAt: null, pauseMs: null };

function ageOf(at: Millis | null, now: Millis): number {
  return at === null ? Number.POSITIVE_INFINITY : Math.max(0, now - at);
}

export function suturePause(settings: SuturePauseSettings): RestartPolicy<SuturePauseState> {
  const { decayMs, threshold, pauseMs, jitter } = settings;
  const longestMs = Math.min(Math.ceil(pauseMs * jitter), Number.MAX_SAFE_INTEGER);

  /** The whole length of a pause. */
  function lengthOf(state: SuturePauseState, draw: number): number {
    const drawn = Math.min(pauseMs + pauseMs * (jitter - 1) * draw, longestMs);
    return Math.min(state.pauseMs ?? drawn, Number.MAX_SAFE_INTEGER);
  }

  function afterPause(state: SuturePauseState, now: Millis): SuturePauseState {
    const over = state.pausedAt !== null && ageOf(state.pausedAt, now) >= lengthOf(state, 0);
    return over ? FRESH : state;
  }

  function failed(before: SuturePauseState, now: Millis): SuturePauseState {
    const score = before.score * 0.5 ** (ageOf(before.failedAt, now) / decayMs) + 1;
    if (score <= threshold) return { ...before, score, failedAt: now };
    return { score, failedAt: now, pausedAt: now, pauseMs: jitter === 1 ? pauseMs : null };
  }

  return restartPolicy<SuturePauseState>({
    name: "suturePause",
    describe: {
      options: { ...settings },
      capMs: 0,
      timesMs: [Math.ceil(decayMs), pauseMs, longestMs],
    },
    initial: () => FRESH,
    exited(state, exit, now) {
      if (!exit.failed) return state;
      const next = failed(afterPause(state, now), now);
      return JSON.stringify(next) === JSON.stringify(state) ? state : next;
    },
    launch(state, { cause, draw }, now) {
      if (cause !== "restart" || state.pausedAt === null) return [state, launch()];
      const length = lengthOf(state, draw);
      const leftMs = Math.ceil(length - ageOf(state.pausedAt, now));
      if (leftMs <= 0) return [FRESH, launch()];
      const drawn = state.pauseMs === null ? { ...state, pauseMs: length } : state;
      return [drawn, refuse("crash-storm", leftMs)];
    },
    parse(raw, now) {
      const read = readState(raw);
      return {
        score: read.finite("score"),
        failedAt: read.instant("failedAt", now),
        pausedAt: read.instant("pausedAt", now),
        pauseMs: read.raw("pauseMs") === null ? null : read.finite("pauseMs"),
      };
    },
  });
}
