// One policy for many keys, each with a state of its own, and never more than `maxKeys` of them.
//
// - A key that is not held has the initial state. A key whose state is idle after its step is not
//   held: nothing is lost by that, since it would answer everything as a fresh one.
// - A step looks at the keys of one leaf, at most 8, and forgets those that are idle by now.
// - When there are more than `maxKeys`, one key of the bucket goes, never the one that came: one that
//   is idle, or else the least recently used, and then the decision says so: that key starts again.
//   A bucket is all leaves of one branch, at most 128 keys; a store of a few dozen keys is one bucket.
// - Any string is a key; keys live in arrays, never as names of properties (key-tree.ts).

import { PolicyStateError } from "./errors.js";
import {
  bucketOf,
  changeLeaf,
  entriesOf,
  hashOf,
  type KeyEntry,
  type KeyNode,
  LEAF_SIZE,
} from "./key-tree.js";
import { parseNode } from "./key-tree-parse.js";
import type { Millis, Policy } from "./policy.js";
import { readArguments } from "./read-arguments.js";
import { readOptions } from "./read-options.js";
import { readPolicy } from "./read-policy.js";
import { readState, within } from "./read-state.js";
import type { RestartDecision, RestartEvent, RestartPolicy } from "./restart.js";

/**
 * The options of a keyed store.
 * @since 0.1.0
 */
export interface KeyedOptions {
  /** The most keys held, a whole number from 0 to 2^53-1. With 0 nothing is remembered. */
  readonly maxKeys: number;
}

/**
 * An event of one key.
 * @since 0.1.0
 */
export interface KeyedEvent {
  /** Any string, also an empty one. */
  readonly key: string;
  /** The event for that key's policy. */
  readonly event: RestartEvent;
}

/**
 * The decision of the key's policy.
 * @since 0.1.0
 */
export type KeyedDecision = RestartDecision & {
  /** The keys that were not idle and had to be forgotten, because the store was full. Mostly absent. */
  readonly forgotten?: readonly string[];
};

/**
 * The states of all keys that are held.
 * @since 0.1.0
 */
export interface KeyedState {
  /** How many keys are held. */
  readonly size: number;
  /** The turn of the key that was used last; it grows by one with each use. */
  readonly turn: number;
  /** The keys and their states; null for none. */
  readonly tree: KeyNode | null;
}

const FRESH: KeyedState = { size: 0, turn: 0, tree: null };
/** One for the key that came, one more where the state was written under a larger `maxKeys`. */
const FORGOTTEN_PER_STEP = 2;

/**
 * Gives each key a state of its own, and bounds their number.
 *
 * Decides: what `policy` decides on the key's own state, and which
 * keys had to be forgotten. Units: those of `policy`. `maxKeys` is included: exactly so many are held
 * without forgetting any; there is no default. With 0 every event meets a fresh policy.
 * Effect on state: the key's state is replaced, or dropped when it is idle, and the key is the most
 * recently used one. A step looks at one leaf of at most 8 keys, and at a bucket of at most 128 when it
 * has to make room; it copies a bounded number of elements, whatever the number of keys. The same
 * reference comes back when nothing changed, the order of use included.
 * Edge: a key may also be forgotten, though there is room, when 9 keys share all 32 bits of a hash.
 * Errors: `PolicyOptionsError` for a bad `maxKeys`, or what is no policy; `PolicyStateError` with the path of the bad part;
 * those of `policy`. `parse` under a smaller `maxKeys` keeps the most recently used keys.
 * Source: running-process `BackendRecoveryState`, a map by key; its map has no bound.
 *
 * @since 0.1.0
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
  readArguments("keyed", arguments, 2);
  readPolicy("keyed", "policy", policy);
  const read = readOptions("keyed", options);
  const maxKeys = read.whole("maxKeys");
  read.end();

  function isIdle([, , state]: KeyEntry, now: Millis): boolean {
    return policy.idle?.(state as State, now) ?? false;
  }

  /** Who goes first: an idle one, or else the one that was not used for longest. */
  function dispensable(entries: readonly KeyEntry[], now: Millis): KeyEntry | undefined {
    const idle = entries.find((entry) => isIdle(entry, now));
    const [first] = entries;
    return idle ?? entries.reduce((one, other) => (one && one[1] <= other[1] ? one : other), first);
  }

  /** Who goes, where nine keys share a hash: not who came just now, having been used last. */
  function overflow(leaf: readonly KeyEntry[], hash: number, now: Millis): KeyEntry | undefined {
    if (leaf.length <= LEAF_SIZE || leaf.some(([key]) => hashOf(key) !== hash)) return undefined;
    return dispensable(leaf, now);
  }

  function step(
    before: KeyedState,
    { key, event }: KeyedEvent,
    now: Millis,
  ): readonly [KeyedState, KeyedDecision] {
    const hash = hashOf(key);
    const turn = Math.min(before.turn + 1, Number.MAX_SAFE_INTEGER);
    const forgotten: string[] = [];
    let decision: RestartDecision | undefined;
    let { size } = before;

    let tree = changeLeaf(before.tree, hash, (leaf) => {
      const mine = leaf.find((entry) => entry[0] === key);
      const [state, answer] = policy.step(mine ? (mine[2] as State) : policy.initial(), event, now);
      decision = answer;
      const unchanged = mine && state === mine[2] && mine[1] === before.turn;
      const own: KeyEntry = unchanged ? mine : [key, turn, state];
      const all = mine ? leaf.map((entry) => (entry === mine ? own : entry)) : [...leaf, own];
      const busy = all.filter((entry) => !isIdle(entry, now));
      const gone = overflow(busy, hash, now);
      if (gone) forgotten.push(gone[0]);
      const kept = gone ? busy.filter((entry) => entry !== gone) : busy;
      size += kept.length - leaf.length;
      return sameEntries(leaf, kept) ? leaf : kept;
    });

    for (let n = 0; n < FORGOTTEN_PER_STEP && size > maxKeys; n++) {
      const gone = dispensable(bucketOf(tree, hash, maxKeys > 0 ? key : null), now);
      if (gone === undefined) break;
      if (!isIdle(gone, now)) forgotten.push(gone[0]);
      tree = without(tree, gone);
      size--;
    }

    const told = decision as RestartDecision;
    const after = tree === before.tree ? before : tree === null ? FRESH : { size, turn, tree };
    return [after, forgotten.length > 0 ? { ...told, forgotten } : told];
  }

  return {
    name: `keyed(${policy.name})`,
    alphabet: "keyed",
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
      const parse = (state: unknown) => policy.parse(state, now);
      let tree = saved === null ? null : within("tree", () => parseNode(saved, parse));
      const entries = entriesOf(tree);
      const size = read.whole("size");
      const turn = read.whole("turn");
      if (size !== entries.length) {
        throw new PolicyStateError("size", `the number of keys, ${entries.length}`, `${size}`);
      }
      const oldest = [...entries].sort((one, other) => one[1] - other[1]);
      for (const entry of oldest.slice(0, Math.max(0, size - maxKeys))) tree = without(tree, entry);
      return tree === null ? FRESH : { size: Math.min(size, maxKeys), turn, tree };
    },
    idle: (state) => state.size === 0,
  };
}

function without(tree: KeyNode | null, gone: KeyEntry): KeyNode | null {
  return changeLeaf(tree, hashOf(gone[0]), (leaf) => leaf.filter((entry) => entry !== gone));
}

function sameEntries(one: readonly KeyEntry[], other: readonly KeyEntry[]): boolean {
  return one.length === other.length && one.every((entry, i) => entry === other[i]);
}
