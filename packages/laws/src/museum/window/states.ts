// Windows whose state cannot be saved, or comes back as another one.

import { type Millis, PolicyStateError, type RestartPolicy } from "@steadfast/policy";
import { exhibit } from "../exhibit.js";
import { FRESH, type WindowState, window } from "../reference/window.js";
import { windowFault } from "./window-fault.js";

/** The healthy window whose state is kept in another form; `written` finds it in what was saved. */
function kept<State>(
  { name, describe, initial, step, parse }: RestartPolicy<WindowState>,
  save: (state: WindowState) => State,
  load: (state: State) => WindowState,
  written: (raw: unknown) => unknown,
): RestartPolicy<State> {
  const fresh = save(initial());
  return {
    name,
    describe,
    initial: () => fresh,
    step(state, event, now) {
      const before = load(state);
      const [next, decision] = step(before, event, now);
      return [next === before ? state : save(next), decision];
    },
    parse: (raw, now) => save(parse(written(raw), now)),
  };
}

export const minusInfinity = exhibit(
  "window",
  {
    name: "window-minus-infinity",
    defect: "Its initial state holds `-Infinity`, which JSON writes as null.",
    seenIn: "a window of 26 lines that was written to try a kit of laws; one law of ten saw it",
  },
  (options) =>
    kept(
      window(options),
      ({ admittedAt }) => ({ admittedAt, lastAt: admittedAt.at(-1) ?? Number.NEGATIVE_INFINITY }),
      ({ admittedAt }) => ({ admittedAt }),
      (raw) => raw,
    ),
);

export const dates = exhibit(
  "window",
  {
    name: "window-dates",
    defect: "Its state holds Date objects, which come back from JSON as texts.",
    seenIn: "nodeshift/opossum#719: state that is saved and loaded per request",
  },
  (options) =>
    kept<readonly Date[]>(
      window(options),
      ({ admittedAt }) => admittedAt.map((at) => new Date(at)),
      (state) => ({ admittedAt: state.map((date) => date.getTime()) }),
      (raw) => (Array.isArray(raw) ? { admittedAt: raw.map(Number) } : raw),
    ),
);

export const map = exhibit(
  "window",
  {
    name: "window-map",
    defect: "Its state is a Map, which comes back from JSON empty: the limit is forgotten.",
    seenIn: "Unitech/pm2#3258: resurrected processes have forgotten their limit",
  },
  (options) =>
    kept<ReadonlyMap<string, readonly Millis[]>>(
      window(options),
      ({ admittedAt }) => new Map([["admittedAt", admittedAt]]),
      (state) => ({ admittedAt: state.get("admittedAt") ?? [] }),
      (raw) => {
        if (raw instanceof Map) return { admittedAt: raw.get("admittedAt") };
        return JSON.stringify(raw) === "{}" ? FRESH : raw;
      },
    ),
);

export const undefinedField = exhibit(
  "window",
  {
    name: "window-undefined",
    defect: "A field that is undefined before the first launch is not there any more after a save.",
    seenIn: "rust-tokio-supervisor 0.1.3 `to_record`: a pending restart is always written as none",
  },
  (options) =>
    kept(
      window(options),
      ({ admittedAt }) => ({ admittedAt, lastAt: admittedAt.at(-1) }),
      ({ admittedAt }) => ({ admittedAt }),
      (raw) => raw,
    ),
);

export const parsesAnything = windowFault(
  {
    name: "window-parses-anything",
    defect: "It takes whatever it is given for a state of its own.",
    seenIn: "cockatiel 4.0.0: a saved `initialState` is assigned without a look",
  },
  () => ({ parse: (raw) => raw as WindowState }),
);

export const parseThrowsTypeError = windowFault(
  {
    name: "window-parse-type-error",
    defect: "A broken save is a TypeError from somewhere inside, which does not say what is wrong.",
    seenIn: "cockatiel 4.0.0: an `initialState` without `ownState` is a TypeError",
  },
  () => ({
    parse: (raw, now) => ({
      admittedAt: (raw as WindowState).admittedAt.map((at) => Math.min(at, now)),
    }),
  }),
);

export const parseOwnOptions = windowFault(
  {
    name: "window-parse-own-options",
    defect:
      "It only reads states that were written under its own options: to lower a limit loses all.",
    seenIn: "cockatiel 4.0.0 `CountBreaker`: a saved ring of samples is tied to the size it had",
  },
  (healthy, { limit }) => ({
    parse(raw, now) {
      const state = healthy.parse(raw, now);
      const { length } = state.admittedAt;
      if (length <= limit) return state;
      throw new PolicyStateError("admittedAt", `at most ${limit} instants`, `${length}`);
    },
  }),
);

export const keepsTheFuture = windowFault(
  {
    name: "window-keeps-the-future",
    defect:
      "Instants that are still to come are loaded as they are: it refuses until they have come.",
    seenIn: "AztecProtocol/aztec-packages PR#19796: the clock of the last run was ahead",
  },
  (healthy) => ({ parse: (raw) => healthy.parse(raw, Number.MAX_SAFE_INTEGER) }),
);

export const saveForgets = windowFault(
  {
    name: "window-forgets-when-loaded",
    defect: "A restart of the supervisor begins with an empty window.",
    seenIn: "Unitech/pm2#3258: resurrected processes have forgotten their limit",
  },
  (healthy) => ({
    parse(raw, now) {
      healthy.parse(raw, now);
      return FRESH;
    },
  }),
);

export const idleTooSoon = windowFault(
  {
    name: "window-idle-too-soon",
    defect: "It says that it may be forgotten while it still counts.",
    seenIn: "openclaw/openclaw PR#100176: the end of a cooldown forgets everything",
  },
  (_, { windowMs }) => ({
    idle: ({ admittedAt }, now) => now - (admittedAt.at(-1) ?? now) >= windowMs / 2,
  }),
);

export const resetKeepsOne = windowFault(
  {
    name: "window-reset-keeps-one",
    defect: "A reset forgets all but the last admission: one list of fields was not complete.",
    seenIn:
      "rust-tokio-supervisor 0.1.3: `activate`, `deactivate`, `clear_instance` differ in what they clear",
  },
  () => ({
    reset: (state) =>
      state.admittedAt.length <= 1 ? state : { admittedAt: state.admittedAt.slice(-1) },
  }),
);
