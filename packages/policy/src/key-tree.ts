// States by key, in a tree of small arrays: plain JSON, and a change copies a path, not the store.
//
// - A leaf is an array of 1 to 8 entries `[key, turn, state]`; `turn` says how recently it was used.
// - A branch is an array of 16 children, each a node or null. The length tells the two apart.
// - An entry stands where the digits of its key's hash lead: 4 bits a level, 8 levels at most. A leaf
//   with a ninth entry splits; a branch whose only child is a leaf becomes that leaf.
// - Keys that share all 32 bits cannot be split: there is room for 8 of them.
// - A change copies at most 16 elements a level and one leaf: for a million keys about 100 elements.

import { mix } from "./mix.js";

/**
 * A key, the turn at which it was last used, and its state.
 * @since 0.1.0
 */
export type KeyEntry = readonly [key: string, turn: number, state: unknown];

/**
 * From 1 to 8 keys, in no order that means anything.
 * @since 0.1.0
 */
export type KeyLeaf = readonly KeyEntry[];

/**
 * Exactly 16 children; null where there is none.
 * @since 0.1.0
 */
export type KeyBranch = readonly (KeyNode | null)[];

/**
 * A part of the tree that holds the states by key.
 * @since 0.1.0
 */
export type KeyNode = KeyLeaf | KeyBranch;

/** What becomes of a leaf; the same reference for no change. */
export type LeafChange = (leaf: KeyLeaf) => KeyLeaf;

export const WIDTH = 16;
export const LEAF_SIZE = 8;
export const DEPTH = 8;

const BITS = 4;
const EMPTY: KeyLeaf = [];

export function isBranch(node: KeyNode): node is KeyBranch {
  return node.length === WIDTH;
}

/** 32 bits of a key, the same in every version: saved trees depend on it. FNV-1a, mixed. */
export function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) {
    hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  }
  return mix(hash);
}

/** Where a hash leads at a level: 0 to 15. */
export function digit(hash: number, depth: number): number {
  return (hash >>> (depth * BITS)) & (WIDTH - 1);
}

/** Changes the leaf to which a hash leads, or an empty one where there is none yet. */
export function changeLeaf(
  node: KeyNode | null,
  hash: number,
  change: LeafChange,
  depth = 0,
): KeyNode | null {
  if (node === null || !isBranch(node)) {
    const leaf = node ?? EMPTY;
    const changed = change(leaf);
    return changed === leaf ? node : grown(changed, depth);
  }
  const at = digit(hash, depth);
  const child = node[at] ?? null;
  const changed = changeLeaf(child, hash, change, depth + 1);
  return changed === child ? node : withChild(node, at, changed);
}

/**
 * The bucket around the place to which a hash leads: the entries of all leaves of the last branch on
 * the way, at most 128, without the key `except`. Where it has none, those of a branch beside it.
 */
export function bucketOf(
  node: KeyNode | null,
  hash: number,
  except: string | null,
  depth = 0,
): readonly KeyEntry[] {
  if (node === null) return [];
  if (!isBranch(node)) return node.filter(([key]) => key !== except);
  const at = digit(hash, depth);
  const inside = (child: KeyNode | null | undefined) =>
    child && isBranch(child) ? bucketOf(child, hash, except, depth + 1) : [];
  const deeper = inside(node[at]);
  if (deeper.length > 0) return deeper;
  const leaves = node.filter((child) => child !== null && !isBranch(child)) as KeyLeaf[];
  const beside = leaves.flat().filter(([key]) => key !== except);
  if (beside.length > 0) return beside;
  for (const child of node) {
    const found = inside(child);
    if (found.length > 0) return found;
  }
  return [];
}

/** Every entry, in no order that means anything. */
export function entriesOf(node: KeyNode | null): readonly KeyEntry[] {
  if (node === null) return [];
  return isBranch(node) ? node.flatMap(entriesOf) : node;
}

/** A leaf as a node: none if it is empty, a branch if it is too long. */
function grown(leaf: KeyLeaf, depth: number): KeyNode | null {
  if (leaf.length === 0) return null;
  if (leaf.length <= LEAF_SIZE || depth === DEPTH) return leaf;
  const children: KeyEntry[][] = Array.from({ length: WIDTH }, () => []);
  for (const entry of leaf) children[digit(hashOf(entry[0]), depth)]?.push(entry);
  return children.map((child) => grown(child, depth + 1));
}

function withChild(branch: KeyBranch, at: number, child: KeyNode | null): KeyNode | null {
  const changed = branch.with(at, child);
  if (child !== null && isBranch(child)) return changed;
  const [only = null, ...others] = changed.filter((each) => each !== null);
  return others.length > 0 || (only !== null && isBranch(only)) ? changed : only;
}
