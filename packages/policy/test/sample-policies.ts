// Small policies that the tests compose. Each says whether it is steady: once willing, willing until
// an event.

import {
  type LaunchAnswer,
  type LaunchEvent,
  launch,
  type RestartPolicy,
  readState,
  refuse,
  restartPolicy,
} from "../src/index.js";

export interface Tally {
  readonly facts: number;
  readonly asked: number;
}

const untold: Tally = { facts: 0, asked: 0 };

/** Every step shows in its state; the answer is a function of the request and the instant. */
export function tally(
  name: string,
  answer: (event: LaunchEvent, now: number) => LaunchAnswer,
  timesMs: readonly number[] = [],
): RestartPolicy<Tally> {
  const told = (state: Tally): Tally => ({ ...state, facts: state.facts + 1 });
  return restartPolicy<Tally>({
    name,
    describe: { timesMs },
    initial: () => untold,
    exited: told,
    healthy: told,
    reset: told,
    launch: (state, event, now) => [{ ...state, asked: state.asked + 1 }, answer(event, now)],
    parse(raw) {
      const read = readState(raw);
      return { facts: read.whole("facts"), asked: read.whole("asked") };
    },
  });
}

/** What a composition holds for its members, without their keys. */
export const ofMembers = (state: unknown): readonly unknown[] => (state as unknown[]).slice(0, -1);

/** Steady. Launches at once, always. */
export const willing = (name = "willing") => tally(name, () => launch());

/** Steady. Launches at once, and shows what it was asked. */
export const watching = (see: (event: LaunchEvent, now: number) => void) =>
  tally("watching", (event, now) => {
    see(event, now);
    return launch();
  });

/** Steady. Launches after a constant delay, however often it is asked. */
export const pausing = (delayMs: number) => tally(`pausing-${delayMs}`, () => launch(delayMs));

/** Steady. Refuses for good. */
export const never = (reason: string) => tally(reason, () => refuse(reason, null));

/** Steady. Willing from an instant on. */
export const gate = (reason: string, opensAt: number) =>
  tally(reason, (_, now) => (now >= opensAt ? launch() : refuse(reason, opensAt - now)), [
    Math.max(1, opensAt),
  ]);

export interface Pattern {
  readonly openMs: number;
  readonly closedMs: number;
  readonly phaseMs: number;
}

/** Milliseconds until the pattern is open: 0 while it is. It begins open, `phaseMs` into it. */
function untilOpen({ openMs, closedMs, phaseMs }: Pattern, at: number): number {
  const period = openMs + closedMs;
  const into = (((at + phaseMs) % period) + period) % period;
  return into < openMs ? 0 : period - into;
}

/** Not steady. Open and closed by turns, by the wall clock. */
export const calendar = (reason: string, pattern: Pattern) =>
  tally(
    reason,
    ({ wall }) => {
      const wait = untilOpen(pattern, wall);
      return wait === 0 ? launch() : refuse(reason, wait);
    },
    [pattern.openMs, pattern.closedMs],
  );

/** Not steady. Open and closed by turns, by the supervisor's clock. */
export const turnstile = (reason: string, pattern: Pattern) =>
  tally(
    reason,
    (_, now) => {
      const wait = untilOpen(pattern, now);
      return wait === 0 ? launch() : refuse(reason, wait);
    },
    [pattern.openMs, pattern.closedMs],
  );

export interface WindowState {
  readonly stamps: readonly number[];
}

const empty: WindowState = { stamps: [] };

/** Steady. At most `limit` launches in any half-open window. */
export function slidingWindow({
  limit,
  windowMs,
}: {
  readonly limit: number;
  readonly windowMs: number;
}): RestartPolicy<WindowState> {
  const live = (state: WindowState, now: number) =>
    state.stamps.filter((stamp) => Math.max(0, now - stamp) < windowMs);
  return restartPolicy<WindowState>({
    name: "slidingWindow",
    describe: { options: { limit, windowMs }, limit, windowMs, timesMs: [windowMs] },
    initial: () => empty,
    launch(state, _, now) {
      const stamps = live(state, now);
      if (stamps.length < limit) {
        const same = JSON.stringify([...stamps, now]) === JSON.stringify(state.stamps);
        return [same ? state : { stamps: [...stamps, now] }, launch()];
      }
      const pruned = stamps.length === state.stamps.length ? state : { stamps };
      const leaves = stamps[stamps.length - limit];
      if (leaves === undefined) return [pruned, refuse("window-full", null)];
      return [pruned, refuse("window-full", Math.max(1, leaves + windowMs - now))];
    },
    parse(raw, now) {
      const stamps = readState(raw).raw("stamps") as number[];
      return { stamps: stamps.map((stamp) => Math.min(stamp, now)) };
    },
    idle: (state, now) => live(state, now).length === 0,
  });
}

export interface PauseState {
  readonly exitedAt: number | null;
  readonly fails: number;
}

const calm: PauseState = { exitedAt: null, fails: 0 };

/** Steady. A delay that runs from the exit and grows with the failures: an instant in disguise. */
export function backoff({ initialMs, capMs = 60_000 }: { initialMs: number; capMs?: number }) {
  return restartPolicy<PauseState>({
    name: "backoff",
    describe: { options: { initialMs, capMs }, capMs, timesMs: [initialMs, capMs] },
    initial: () => calm,
    exited(state, { failed }, now) {
      const fails = failed ? Math.min(state.fails + 1, 40) : 0;
      return state.exitedAt === now && state.fails === fails ? state : { exitedAt: now, fails };
    },
    healthy: (state) => (state.fails === 0 ? state : { ...state, fails: 0 }),
    launch(state, { cause }, now) {
      const { exitedAt, fails } = state;
      const after = exitedAt === null ? state : { ...state, exitedAt: null };
      if (cause !== "restart" || exitedAt === null || fails === 0) return [after, launch()];
      const full = Math.min(capMs, initialMs * 2 ** (fails - 1));
      return [after, launch(Math.max(0, exitedAt + full - now))];
    },
    parse(raw, now) {
      const read = readState(raw);
      return { exitedAt: read.instant("exitedAt", now), fails: read.whole("fails") };
    },
  });
}
