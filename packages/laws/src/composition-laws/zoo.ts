// Small policies for compositions: of each kind one, none of them clever. Steady is what is willing from
// some instant on until an event; the others are willing and unwilling alternately, or because they are asked.

import {
  type LaunchAnswer,
  type LaunchEvent,
  launch,
  type Millis,
  type RestartPolicy,
  readState,
  refuse,
  restartPolicy,
} from "@steadfast/policy";

export interface Animal {
  readonly policy: RestartPolicy;
  readonly steady: boolean;
}

interface Tally {
  readonly facts: number;
  readonly asked: number;
}

const UNTOLD: Tally = { facts: 0, asked: 0 };

/** Every step shows in its state; the answer is a function of the events that it got. */
function tally(
  name: string,
  answer: (event: LaunchEvent, now: Millis, state: Tally) => LaunchAnswer,
  timesMs: readonly Millis[] = [],
): RestartPolicy<Tally> {
  const told = (state: Tally): Tally => ({ ...state, facts: state.facts + 1 });
  return restartPolicy<Tally>({
    name,
    describe: { timesMs },
    initial: () => UNTOLD,
    exited: told,
    healthy: told,
    launch: (state, event, now) => [
      { ...state, asked: state.asked + 1 },
      answer(event, now, state),
    ],
    parse(raw) {
      const read = readState(raw);
      return { facts: read.whole("facts"), asked: read.whole("asked") };
    },
  });
}

interface Window {
  readonly stamps: readonly Millis[];
}

/** At most `limit` launches in any half-open window. */
export function windowOf(limit: number, windowMs: Millis): RestartPolicy<Window> {
  const live = ({ stamps }: Window, now: Millis) =>
    stamps.filter((stamp) => Math.max(0, now - stamp) < windowMs);
  return restartPolicy<Window>({
    name: `window(${limit} in ${windowMs})`,
    describe: { limit, windowMs, timesMs: [windowMs] },
    initial: () => ({ stamps: [] }),
    launch(state, _, now) {
      const stamps = live(state, now);
      const kept = stamps.length === state.stamps.length ? state : { stamps };
      if (stamps.length < limit) return [{ stamps: [...stamps, now] }, launch()];
      const oldest = stamps[stamps.length - limit];
      if (oldest === undefined) return [kept, refuse("window-full", null)];
      return [kept, refuse("window-full", Math.max(1, oldest + windowMs - now))];
    },
    parse(raw, now) {
      const stamps = readState(raw).raw("stamps") as readonly Millis[];
      return { stamps: stamps.map((stamp) => Math.min(stamp, now)) };
    },
    idle: (state, now) => live(state, now).length === 0,
  });
}

interface Pause {
  readonly fails: number;
  readonly exitedAt: Millis | null;
}

/** A delay that runs from the exit and doubles with each failure. */
export function pauseOf(initialMs: Millis, capMs: Millis): RestartPolicy<Pause> {
  return restartPolicy<Pause>({
    name: `pause(${initialMs} to ${capMs})`,
    describe: { capMs, timesMs: [initialMs, capMs] },
    initial: () => ({ fails: 0, exitedAt: null }),
    exited(state, { failed }, now) {
      const fails = failed ? Math.min(state.fails + 1, 40) : 0;
      return state.exitedAt === now && state.fails === fails ? state : { fails, exitedAt: now };
    },
    healthy: (state) => (state.fails === 0 ? state : { ...state, fails: 0 }),
    launch(state, { cause }, now) {
      const { fails, exitedAt } = state;
      if (cause !== "restart" || exitedAt === null || fails === 0) return [state, launch()];
      const fullMs = Math.min(capMs, initialMs * 2 ** (fails - 1));
      return [state, launch(Math.max(0, fullMs - Math.max(0, now - exitedAt)))];
    },
    parse(raw, now) {
      const read = readState(raw);
      return { fails: read.whole("fails"), exitedAt: read.instant("exitedAt", now) };
    },
  });
}

/** No more restarts after an exit that did not fail. */
const wanted = restartPolicy<{ readonly ended: boolean }>({
  name: "wanted",
  initial: () => ({ ended: false }),
  exited: (state, { failed }) => (state.ended === !failed ? state : { ended: !failed }),
  launch: (state, { cause }) =>
    state.ended && cause === "restart" ? [state, refuse("not-wanted", null)] : [state, launch()],
  parse: (raw) => ({ ended: readState(raw).oneOf("ended", [true, false]) }),
});

const gate = (opensAt: Millis) =>
  tally(
    `gate(${opensAt})`,
    (_, now) => (now >= opensAt ? launch() : refuse(`gate-${opensAt}`, opensAt - now)),
    [opensAt],
  );

/** Open and closed alternately, by the wall clock. */
const calendar = tally(
  "calendar",
  ({ wall }) => {
    const into = wall % 50;
    return into < 30 ? launch() : refuse("closed", 50 - into);
  },
  [30, 50],
);

/** Opens for the third request since it last opened. */
const knocking = tally("knocking", (_, _now, { asked }) =>
  asked % 3 === 2 ? launch() : refuse("knock", 1),
);

/** Never refuses, and forgets every event at once. */
export const always: RestartPolicy<null> = restartPolicy({
  name: "always",
  launch: (state) => [state, launch()],
});

const steady: readonly RestartPolicy[] = [
  windowOf(2, 60),
  pauseOf(20, 80),
  gate(40),
  windowOf(1, 35),
  wanted,
  tally("willing", () => launch()),
  tally("pausing(7.5)", () => launch(7.5)),
  gate(90),
  tally("never", () => refuse("never", null)),
];

export const zoo: readonly Animal[] = [
  ...steady.map((policy) => ({ policy, steady: true })),
  { policy: calendar, steady: false },
  { policy: knocking, steady: false },
];
