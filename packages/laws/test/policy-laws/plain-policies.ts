// Two plain policies that keep every law, to be broken one piece at a time.

import {
  launch,
  type Millis,
  type RestartPolicy,
  type RestartPolicyDefinition,
  readState,
  refuse,
  restartPolicy,
  within,
} from "@steadfast/policy";

export interface Stamps {
  readonly stamps: readonly Millis[];
}

export const LIMIT = 3;
export const WINDOW_MS = 1_000;

const live = ({ stamps }: Stamps, now: Millis): readonly Millis[] =>
  stamps.filter((stamp) => Math.max(0, now - stamp) < WINDOW_MS);

function asked(state: Stamps, now: Millis, limit = LIMIT) {
  const stamps = live(state, now);
  if (stamps.length < limit) return [{ stamps: [...stamps, now] }, launch()] as const;
  const oldest = stamps[stamps.length - limit] ?? now;
  const kept = stamps.length === state.stamps.length ? state : { stamps };
  const waitMs = WINDOW_MS - Math.max(0, now - oldest);
  return [kept, refuse("window-full", waitMs)] as const;
}

function parsed(raw: unknown, now: Millis): Stamps {
  const stamps = readState(raw).raw("stamps");
  readState({ stamps: Array.isArray(stamps) || null }).oneOf("stamps", [true]);
  return {
    stamps: (stamps as unknown[]).map((stamp, i) =>
      within(`stamps[${i}]`, () =>
        Math.min(readState({ at: stamp }).whole("at", Number.MIN_SAFE_INTEGER), now),
      ),
    ),
  };
}

/** At most LIMIT launches in WINDOW_MS, written down one by one. */
export function plainWindow(
  changes: Partial<RestartPolicyDefinition<Stamps>> = {},
): RestartPolicy<Stamps> {
  return restartPolicy<Stamps>({
    name: "plainWindow",
    describe: {
      options: { limit: LIMIT, windowMs: WINDOW_MS },
      limit: LIMIT,
      windowMs: WINDOW_MS,
      timesMs: [WINDOW_MS],
    },
    initial: () => ({ stamps: [] }),
    launch: (state, _, now) => asked(state, now),
    parse: parsed,
    idle: (state, now) => live(state, now).length === 0,
    ...changes,
  });
}

export const windowAsked = asked;
export const windowLive = live;
export const windowParsed = parsed;

export interface Pause {
  readonly fails: number;
  readonly exitedAt: Millis | null;
}

export const INITIAL_MS = 100;
export const CAP_MS = 6_400;

export const pauseFor = (fails: number, draw: number): number =>
  (Math.min(CAP_MS, INITIAL_MS * 2 ** (fails - 1)) * (1 + draw)) / 2;

/** A delay that doubles with each failure, spread over its upper half, from the exit on. */
export function plainPause(
  changes: Partial<RestartPolicyDefinition<Pause>> = {},
  delayOf = pauseFor,
): RestartPolicy<Pause> {
  const fresh: Pause = { fails: 0, exitedAt: null };
  return restartPolicy<Pause>({
    name: "plainPause",
    describe: {
      options: { initialMs: INITIAL_MS },
      capMs: CAP_MS,
      timesMs: [INITIAL_MS, CAP_MS],
    },
    initial: () => fresh,
    exited: (state, { failed }, now) => {
      const fails = failed ? Math.min(state.fails + 1, 1e9) : state.fails;
      return state.exitedAt === now && state.fails === fails ? state : { fails, exitedAt: now };
    },
    healthy: (state) => (state.fails === 0 ? state : { ...state, fails: 0 }),
    launch(state, { cause, draw }, now) {
      const { fails, exitedAt } = state;
      if (cause !== "restart" || exitedAt === null || fails === 0) return [state, launch()];
      const age = Math.max(0, now - exitedAt);
      return [state, launch(Math.max(0, delayOf(fails, draw) - age))];
    },
    parse(raw, now) {
      const read = readState(raw);
      return { fails: read.whole("fails"), exitedAt: read.instant("exitedAt", now) };
    },
    ...changes,
  });
}
