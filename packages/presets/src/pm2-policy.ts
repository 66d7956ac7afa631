// pm2's counter of unstable restarts, and its two delays.
//
// At each exit:
// - A run shorter than `minUptimeMs` is unstable. It is counted only while less than
//   `minUptimeMs * maxRestarts` have passed since the first launch, or since an operator's. Nothing but an
//   operator's launch sets the count back. At `maxRestarts` of them the app is errored, for good.
// - With `fixed` it is counted whenever it happens, and a run that is long enough sets the count back.
// - The delay is `restartDelayMs`; or, growing, `expBackoffRestartDelayMs`, then 1.5 times the last one,
//   rounded down, at most 15 s. A run of more than 30 s sets it back. Clean exits are treated alike.
// - A signal leaves exit code 0. `fixed`: it leaves none.
// - What pm2 does not have: an exit that nobody saw is restarted, and is not unstable.
//
// A policy of its own: an age since the creation bounds the count, which no public policy has, and the
// growing delay is rounded down at each step.

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

export interface Pm2Settings {
  readonly autorestart: boolean;
  readonly maxRestarts: number;
  readonly minUptimeMs: Millis;
  readonly restartDelayMs: number;
  readonly expBackoffRestartDelayMs: number;
  readonly stopExitCodes: readonly number[];
  readonly fixed: boolean;
}

export interface Pm2State {
  /** The first launch, or the last one by an operator. Null: nothing has ended yet. */
  readonly createdAt: Millis | null;
  /** Unstable runs counted. */
  readonly unstable: number;
  /** The last growing delay; 0: none since it was set back. */
  readonly delayMs: number;
  /** When the last run ended. Null: none has. */
  readonly exitedAt: Millis | null;
  /** What the last exit means for a restart; null after a launch. */
  readonly verdict: "restart" | "not-wanted" | "errored" | null;
}

const FRESH: Pm2State = {
  createdAt: null,
  unstable: 0,
  delayMs: 0,
  exitedAt: null,
  verdict: null,
};
const VERDICTS = ["restart", "not-wanted", "errored", null] as const;
const LONGEST_MS = 15_000;
const FACTOR = 1.5;
const FORGIVEN_AFTER_MS = 30_000;

/** Whether an exit is one after which the app is to stay down. */
export function isStopCode(exit: Exit, { stopExitCodes, fixed }: Pm2Settings): boolean {
  const status = statusOf(exit);
  const code = typeof status === "string" ? (fixed ? null : 0) : status;
  return code !== null && stopExitCodes.includes(code);
}

function same(state: Pm2State, next: Pm2State): Pm2State {
  const keys = Object.keys(FRESH) as (keyof Pm2State)[];
  return keys.every((key) => state[key] === next[key]) ? state : next;
}

export function pm2Policy(settings: Pm2Settings): RestartPolicy<Pm2State> {
  const { autorestart, maxRestarts, minUptimeMs, restartDelayMs, fixed } = settings;
  const firstMs = settings.expBackoffRestartDelayMs;
  const grows = firstMs > 0;
  const longestMs = Math.ceil(grows ? Math.max(firstMs, LONGEST_MS) : restartDelayMs);
  const countedMs = Math.min(minUptimeMs * maxRestarts, Number.MAX_SAFE_INTEGER);

  function unstableAfter({ unstable }: Pm2State, ageMs: number, event: ExitedEvent): number {
    if (event.exit.kind === "lost") return unstable;
    if (event.uptimeMs >= minUptimeMs) return fixed ? 0 : unstable;
    const counts = fixed || ageMs < countedMs;
    return Math.min(unstable + Number(counts), Number.MAX_SAFE_INTEGER);
  }

  function delayAfter({ delayMs }: Pm2State, uptimeMs: Millis): number {
    if (!grows) return 0;
    if (delayMs === 0 || uptimeMs > FORGIVEN_AFTER_MS) return firstMs;
    return Math.floor(Math.min(LONGEST_MS, delayMs * FACTOR));
  }

  function verdictOn(exit: Exit, unstable: number): Pm2State["verdict"] {
    if (exit.kind === "lost") return autorestart ? "restart" : "not-wanted";
    if (!autorestart || isStopCode(exit, settings)) return "not-wanted";
    return exit.kind === "spawn-failed" || unstable >= maxRestarts ? "errored" : "restart";
  }

  function exited(state: Pm2State, event: ExitedEvent, now: Millis): Pm2State {
    const { exit, uptimeMs } = event;
    const createdAt = state.createdAt ?? now - uptimeMs;
    const unstable = unstableAfter(state, Math.max(0, now - createdAt), event);
    return {
      createdAt,
      unstable,
      delayMs: delayAfter(state, uptimeMs),
      exitedAt: now,
      verdict: verdictOn(exit, unstable),
    };
  }

  const created = (now: Millis): Pm2State => ({ ...FRESH, createdAt: now });

  return restartPolicy<Pm2State>({
    name: "pm2",
    describe: {
      options: { ...settings, stopExitCodes: [...settings.stopExitCodes] },
      capMs: longestMs,
      timesMs: [minUptimeMs, countedMs, Math.ceil(restartDelayMs), longestMs, FORGIVEN_AFTER_MS],
    },
    initial: () => FRESH,
    exited: (state, event, now) => same(state, exited(state, event, now)),
    launch(state, { cause }, now) {
      if (cause === "operator") return [same(state, created(now)), launch()];
      const next = same(state, { ...state, verdict: null });
      const { verdict, exitedAt } = state;
      if (cause === "start" || exitedAt === null) return [next, launch()];
      if (verdict !== null && verdict !== "restart") return [state, refuse(verdict, null)];
      const wholeMs = grows ? state.delayMs : restartDelayMs;
      return [next, launch(Math.max(0, wholeMs - Math.max(0, now - exitedAt)))];
    },
    parse(raw, now) {
      const read = readState(raw);
      return {
        createdAt: read.instant("createdAt", now),
        unstable: read.whole("unstable"),
        delayMs: read.finite("delayMs"),
        exitedAt: read.instant("exitedAt", now),
        verdict: read.oneOf("verdict", VERDICTS),
      };
    },
  });
}
