// One policy for many keys, each with a state of its own, and never more than `maxKeys` of them.
//
// - A key that is not held has the initial state. A key whose state is idle after its step is not
//   held: nothing is lost by that, since it would answer everything as a fresh one.
// - A step looks at the keys of one bucket, and forgets those that are idle by now.
// - When there are more than `maxKeys`, the least recently used of the bucket, or of the nearest bucket
//   that has another key, is forgotten too, and the decision says so: that key starts afresh.
// - Any string is a key; keys live in arrays, never as names of properties (key-tree.ts).

import { PolicyStateError } from "./errors.js";
import { changeLeaf, changeNearest, hashOf, type KeyNode, LEAF_SIZE } from "./key-tree.js";
import { parseNode } from "./key-tree-parse.js";
import { mix } from "./mix.js";
import type { Millis, Policy } from "./policy.js";
import { readOptions } from "./read-options.js";
import { readState, within } from "./read-state.js";
import type { RestartDecision, RestartEvent, RestartPolicy } from "./restart.js";

/** What a keyed store can be told. */
export interface KeyedOptions {
  /** The most keys held, a whole number from 0 to 2^53-1. With 0 nothing is remembered. */
  readonly maxKeys: number;
}

/** An event of one key. */
export interface KeyedEvent {
  readonly key: string;
  readonly event: RestartEvent;
}

/** The decision of the key's policy. */
export type KeyedDecision = RestartDecision & {
  /** The keys that were not idle and had to be forgotten, for want of room. Mostly absent. */
  readonly forgotten?: readonly string[];
};

/** How many keys are held, and the tree that holds them. */
export interface KeyedState {
  readonly size: number;
  readonly tree: KeyNode | null;
}

const FRESH: KeyedState = { size: 0, tree: null };
/** One for the key that came, one more where the state was written under a larger `maxKeys`. */
const FORGOTTEN_PER_STEP = 2;

/**
 * Gives each key a state of its own, and bounds their number.
 *
 * Decides: what `policy` decides on the key's own state (rules at the top of this file), and which
 * keys had to be forgotten. Units: those of `policy`. `maxKeys` is included: exactly so many are held
 * without forgetting any; there is no default. With 0 every event meets a fresh policy.
 * Effect on state: the key's state is replaced, or dropped when it is idle; a key is the most recently
 * used of its bucket after its step. A step looks at one bucket of at most 8 keys, and copies a bounded
 * number of elements, whatever the number of keys. The same reference comes back when nothing changed.
 * A key may also be forgotten, before `maxKeys` is reached, when 9 keys share all 32 bits of a hash.
 * Errors: `PolicyOptionsError` for a bad `maxKeys`; `PolicyStateError` with the path of the bad key;
 * those of `policy`. `parse` under a smaller `maxKeys` keeps the more recently used of each bucket.
 * Source: running-process `BackendRecoveryState`, a map by key; its map has no bound.
 *
 * @example
 * const policy = keyed(slidingWindow({ limit: 1, windowMs: 60_000 }), { maxKeys: 10_000 });
 * const jobs = cell(policy, { clock: () => 0, random: () => 0 });
 * jobs.send({ key: "mail", event: { type: "launch", cause: "restart" } }).type; // => "launch"
 * jobs.send({ key: "mail", event: { type: "launch", cause: "restart" } }).type; // => "refuse"
 * jobs.send({ key: "__proto__", event: { type: "launch", cause: "restart" } }).type; // => "launch"
 */
export function keyed<State>(
  policy: RestartPolicy<State>,
  options: KeyedOptions,
): Policy<KeyedState, KeyedEvent, KeyedDecision> {
  const read = readOptions("keyed", options);
  const maxKeys = read.whole("maxKeys");
  read.end();

  function isIdle(state: unknown, now: Millis): boolean {
    return policy.idle?.(state as State, now) ?? false;
  }

  /** Forgets what is idle in a bucket, or else its least recently used key; `except` stays. */
  function makeRoom(tree: KeyNode, hash: number, now: Millis, except: string | null) {
    let gone: readonly string[] = [];
    let freed = 0;
    const left = changeNearest(tree, hash, (leaf) => {
      const busy = leaf.filter(([key, state]) => key === except || !isIdle(state, now));
      const oldest = busy.find(([key]) => key !== except);
      const kept = busy.length < leaf.length ? busy : leaf.filter((entry) => entry !== oldest);
      if (kept.length === leaf.length) return leaf;
      freed = leaf.length - kept.length;
      if (kept !== busy && oldest) gone = [oldest[0]];
      return kept;
    });
    return { left, freed, gone };
  }

  function step(
    before: KeyedState,
    { key, event }: KeyedEvent,
    now: Millis,
  ): readonly [KeyedState, KeyedDecision] {
    const hash = hashOf(key);
    const forgotten: string[] = [];
    let decision: RestartDecision | undefined;
    let { size } = before;
    let tree = changeLeaf(before.tree, hash, (leaf, last) => {
      const mine = leaf.find((entry) => entry[0] === key);
      const old = mine ? (mine[1] as State) : policy.initial();
      const [state, answer] = policy.step(old, event, now);
      decision = answer;
      const kept = leaf.filter((entry) => entry !== mine && !isIdle(entry[1], now));
      if (!isIdle(state, now)) kept.push(mine && state === old ? mine : [key, state]);
      if (last && kept.length > LEAF_SIZE) forgotten.push(...kept.splice(0, 1).map(([old]) => old));
      size += kept.length - leaf.length;
      return kept.every((entry, i) => entry === leaf[i]) && kept.length === leaf.length
        ? leaf
        : kept;
    });
    for (let n = 0; n < FORGOTTEN_PER_STEP && size > maxKeys && tree !== null; n++) {
      const { left, freed, gone } = makeRoom(tree, hash, now, maxKeys > 0 ? key : null);
      tree = left;
      size -= freed;
      forgotten.push(...gone);
    }
    const after = tree === before.tree ? before : { size, tree };
    const told = decision as RestartDecision;
    return [after, forgotten.length > 0 ? { ...told, forgotten } : told];
  }

  /** Drops what a smaller `maxKeys` has no room for, a bucket here and a bucket there. */
  function trimmed({ size, tree }: KeyedState, now: Millis): KeyedState {
    let left = tree;
    let held = size;
    for (let n = 0; held > maxKeys && left !== null; n++) {
      const room = makeRoom(left, mix(n), now, null);
      left = room.left;
      held -= room.freed;
    }
    return { size: held, tree: left };
  }

  return {
    name: `keyed(${policy.name})`,
    describe: {
      kind: "keyed",
      options: { maxKeys },
      timesMs: policy.describe.timesMs,
      members: [policy.describe],
    },
    initial: () => FRESH,
    step,
    parse(raw, now) {
      const read = readState(raw);
      const saved = read.raw("tree");
      let keys = 0;
      const parse = (state: unknown): State => {
        keys++;
        return policy.parse(state, now);
      };
      const tree = saved === null ? null : within("tree", () => parseNode(saved, parse));
      const size = read.whole("size");
      if (size !== keys)
        throw new PolicyStateError("size", `the number of keys, ${keys}`, `${size}`);
      return trimmed({ size, tree }, now);
    },
    idle: (state) => state.size === 0,
  };
}
