// Small policies for compositions: of each kind one, none of them clever. Steady is what is willing from
// some instant on until an event; the others are willing and unwilling alternately, or because they are asked.

import {
  type LaunchAnswer,
  type LaunchEvent,
  launch,
  type Millis,
  PolicyStateError,
  type RestartPolicy,
  readState,
  refuse,
  restartPolicy,
} from "@steadfast/policy";

export interface Animal {
  readonly policy: RestartPolicy;
  /** Once willing, willing until an event. */
  readonly steady: boolean;
  /** Its hints are exact, also if it is willing and unwilling alternately, and its delays are instants. */
  readonly exact: boolean;
  /** It keeps the laws of every policy: no instant is written into it. */
  readonly lawful: boolean;
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
    launch(state, _, time) {
      const now = Math.max(time, state.stamps.at(-1) ?? time);
      const stamps = live(state, now);
      const kept = stamps.length === state.stamps.length ? state : { stamps };
      if (stamps.length < limit) return [{ stamps: [...stamps, now] }, launch()];
      const oldest = stamps[stamps.length - limit];
      if (oldest === undefined) return [kept, refuse("window-full", null)];
      return [kept, refuse("window-full", Math.max(1, oldest + windowMs - now))];
    },
    parse(raw, now) {
      const stamps = readState(raw).raw("stamps");
      const isSound = Array.isArray(stamps) && stamps.every(Number.isSafeInteger);
      if (!isSound) throw new PolicyStateError("stamps", "a list of instants", typeof stamps);
      return { stamps: stamps.map((stamp: Millis) => Math.min(stamp, now)).sort((a, b) => a - b) };
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
const calendar = (openMs: Millis, periodMs: Millis) =>
  tally(
    `calendar(${openMs} of ${periodMs})`,
    ({ wall }) => {
      const into = wall % periodMs;
      return into < openMs ? launch() : refuse("closed", periodMs - into);
    },
    [openMs, periodMs],
  );

/** Opens at the third request since it last opened. */
const knocking = tally("knocking", (_, _now, { asked }) =>
  asked % 3 === 2 ? launch() : refuse("knock", 1),
);

/** Spread by the draw of the request. */
const drawn = tally("drawn", ({ draw, cause }) => launch(cause === "restart" ? draw * 32 : 0));

/** No restart of a child that was not even up for 5 ms. */
const longLived = restartPolicy<{ readonly brief: boolean }>({
  name: "long-lived",
  initial: () => ({ brief: false }),
  exited: (state, { uptimeMs }) => (state.brief === uptimeMs < 5 ? state : { brief: uptimeMs < 5 }),
  launch: (state, { cause }) =>
    state.brief && cause === "restart" ? [state, refuse("too-brief", null)] : [state, launch()],
  parse: (raw) => ({ brief: readState(raw).oneOf("brief", [true, false]) }),
});

/** Two restarts between one time that it was healthy and the next; an operator is free. */
const twiceUnwell = restartPolicy<{ readonly restarts: number }>({
  name: "twice-unwell",
  initial: () => ({ restarts: 0 }),
  healthy: (state) => (state.restarts === 0 ? state : { restarts: 0 }),
  launch(state, { cause }) {
    if (cause !== "restart") return [state, launch()];
    if (state.restarts >= 2) return [state, refuse("unwell", null)];
    return [{ restarts: state.restarts + 1 }, launch()];
  },
  parse: (raw) => ({ restarts: readState(raw).whole("restarts") }),
});

/** Never refuses, and remembers nothing. */
export const always: RestartPolicy<null> = restartPolicy({
  name: "always",
  launch: (state) => [state, launch()],
});

/** Asked later, they delay as long as before. */
const delaying: readonly RestartPolicy[] = [tally("pausing(7.5)", () => launch(7.5)), drawn];

const lawful: readonly RestartPolicy[] = [
  windowOf(2, 60),
  pauseOf(20, 80),
  windowOf(1, 35),
  wanted,
  tally("willing", () => launch()),
  ...delaying,
  longLived,
  twiceUnwell,
  tally("never", () => refuse("never", null)),
];

export const zoo: readonly Animal[] = [
  ...lawful.map((policy) => ({
    policy,
    steady: true,
    exact: !delaying.includes(policy),
    lawful: true,
  })),
  ...[gate(40), gate(90)].map((policy) => ({ policy, steady: true, exact: true, lawful: false })),
  { policy: calendar(30, 50), steady: false, exact: true, lawful: false },
  { policy: calendar(40, 70), steady: false, exact: true, lawful: false },
  { policy: knocking, steady: false, exact: false, lawful: false },
];
