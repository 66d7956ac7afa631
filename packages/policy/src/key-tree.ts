// States by key, in a tree of small arrays: plain JSON, and a change copies a path, not the store.
//
// - A leaf is an array of 1 to 8 entries `[key, state]`, the least recently used first.
// - A branch is an array of 16 children, each a node or null. The length tells the two apart.
// - An entry stands where the digits of its key's hash lead: 4 bits a level, 8 levels at most. A leaf
//   with a ninth entry splits; a branch whose only child is a leaf becomes that leaf.
// - At the last level a leaf cannot split: its keys all have one hash, and there may be 8 of them.
// - A change copies at most 16 elements a level and one leaf: for a million keys about 100 elements.

import { mix } from "./mix.js";

/** A key and its state. */
export type KeyEntry = readonly [key: string, state: unknown];
export type KeyLeaf = readonly KeyEntry[];
export type KeyBranch = readonly (KeyNode | null)[];
export type KeyNode = KeyLeaf | KeyBranch;

/** What becomes of a leaf; the same reference for no change. `last`: it cannot be split. */
export type LeafChange = (leaf: KeyLeaf, last: boolean) => KeyLeaf;

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
    const changed = change(leaf, depth === DEPTH);
    return changed === leaf ? node : grown(changed, depth);
  }
  const at = digit(hash, depth);
  const child = node[at] ?? null;
  const changed = changeLeaf(child, hash, change, depth + 1);
  return changed === child ? node : withChild(node, at, changed);
}

/** Changes the first leaf that `change` changes, of those nearest to where a hash leads. */
export function changeNearest(
  node: KeyNode,
  hash: number,
  change: LeafChange,
  depth = 0,
): KeyNode | null {
  if (!isBranch(node)) {
    const changed = change(node, depth === DEPTH);
    return changed === node ? node : grown(changed, depth);
  }
  for (let step = 0; step < WIDTH; step++) {
    const at = (digit(hash, depth) + step) % WIDTH;
    const child = node[at] ?? null;
    if (child === null) continue;
    const changed = changeNearest(child, hash, change, depth + 1);
    if (changed !== child) return withChild(node, at, changed);
  }
  return node;
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
  const children = changed.filter((each) => each !== null);
  const [only] = children;
  if (only === undefined) return null;
  return children.length === 1 && !isBranch(only) ? only : changed;
}
