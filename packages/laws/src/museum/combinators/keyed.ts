// Stores of many keys that forget the wrong one, or none.

import {
  type KeyedDecision,
  type KeyedEvent,
  type KeyedOptions,
  keyed,
  type Millis,
  type Policy,
  PolicyStateError,
  type RestartPolicy,
  readState,
  within,
} from "@steadfast/policy";
import { type ExhibitOf, exhibit, type Sign } from "../exhibit.js";

type Store<State> = Policy<State, KeyedEvent, KeyedDecision>;

export const unbounded = exhibit(
  "keyed",
  {
    name: "keyed-unbounded",
    defect: "It has no bound: a client that can choose keys can fill the memory.",
    seenIn:
      "animir/node-rate-limiter-flexible#152, boinkor-net/governor#171, librefang/librefang#3668",
  },
  (policy, options) => {
    const endless = keyed(policy, { maxKeys: Number.MAX_SAFE_INTEGER });
    return { ...endless, describe: keyed(policy, options).describe };
  },
);

export const silent = exhibit(
  "keyed",
  {
    name: "keyed-forgets-silently",
    defect: "When it is full it forgets a key that still counts, and does not say so.",
    seenIn: "limiters over an LRU cache: what is evicted has a fresh limit, and nobody hears of it",
  },
  (policy, options) => {
    const healthy: Store<unknown> = keyed(policy, options);
    return {
      ...healthy,
      step(state, event, now) {
        const [next, { forgotten: _, ...decision }] = healthy.step(state, event, now);
        return [next, decision];
      },
    };
  },
);

export const oneForAll = exhibit(
  "keyed",
  {
    name: "keyed-one-for-all",
    defect: "All keys share one count: one bad child uses up the restarts of the others.",
    seenIn: "erlang/otp PR#1287, kevinschweikert/homex#64: one child takes its supervisor down",
  },
  (policy, options) => {
    const healthy: Store<unknown> = keyed(policy, options);
    return {
      ...healthy,
      step: (state, { event }, now) => healthy.step(state, { key: "", event }, now),
    };
  },
);

interface Held {
  readonly keys: readonly (readonly [key: string, state: unknown])[];
}

/** A plain store, least recently used first; `dispensable` says who goes when it is full. */
function plainStore(
  sign: Sign,
  dispensable: (
    others: Held["keys"],
    isIdle: (state: unknown) => boolean,
  ) => readonly [string, unknown] | undefined,
): ExhibitOf<"keyed"> {
  return exhibit("keyed", sign, (policy: RestartPolicy, options: KeyedOptions): Store<Held> => {
    const { name, describe } = keyed(policy, options);
    const fresh: Held = { keys: [] };
    return {
      name,
      describe,
      initial: () => fresh,
      step(store, { key, event }, now) {
        const isIdle = (state: unknown) => policy.idle?.(state, now) ?? false;
        const mine = store.keys.find(([other]) => other === key);
        const before = mine ? mine[1] : policy.initial();
        const [state, decision] = policy.step(before, event, now);
        if (mine && mine === store.keys.at(-1) && state === before) return [store, decision];
        const others = store.keys.filter((entry) => entry !== mine);
        if (isIdle(state)) return [mine ? { keys: others } : store, decision];
        const own = [key, state] as const;
        const isFull = others.length >= options.maxKeys;
        const gone = isFull ? (dispensable(others, isIdle) ?? own) : undefined;
        const kept = [...others, own].filter((entry) => entry !== gone);
        const told = gone && !isIdle(gone[1]) ? { forgotten: [gone[0]] } : {};
        return [kept.length > 0 ? { keys: kept } : fresh, { ...decision, ...told }];
      },
      parse: (raw, now) => parsed(raw, policy, now),
      idle: ({ keys }) => keys.length === 0,
    };
  });
}

function parsed(raw: unknown, policy: RestartPolicy, now: Millis): Held {
  const keys = readState(raw).raw("keys");
  const pairs = Array.isArray(keys) && keys.every((pair) => Array.isArray(pair));
  if (!pairs || keys.some(([key]) => typeof key !== "string")) {
    throw new PolicyStateError("keys", "pairs of a key and a state", JSON.stringify(keys));
  }
  return {
    keys: keys.map(([key, state], i) => [
      key,
      within(`keys[${i}][1]`, () => policy.parse(state, now)),
    ]),
  };
}

export const forgetsTheNewest = plainStore(
  {
    name: "keyed-forgets-the-newest",
    defect: "When it is full the key that was used last goes: two busy keys push each other out.",
    seenIn: "limiters over a Map that is trimmed when it is full, in whatever order it has",
  },
  (others) => others.at(-1),
);
