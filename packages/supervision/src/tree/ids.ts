// Where a child of a name stands: a trie over the names' hashes, as plain JSON. A leaf has up to 8 names;
// a fuller one is parted by the next 4 bits of the hash, and where there are no more bits it just grows.

import type { IdBranch, IdLeaf, IdNode } from "./state.js";

const MOST = 8;
const PARTS = 16;
const BITS = 4;
const ALL_BITS = 32;

const isLeaf = (node: IdNode): node is IdLeaf => Array.isArray(node);

export function findId(root: IdNode | null, id: string): number | null {
  let node = root;
  let hash = hashOf(id);
  while (node && !isLeaf(node)) {
    node = node.of[hash & (PARTS - 1)] ?? null;
    hash >>>= BITS;
  }
  const found = node?.find(([name]) => name === id);
  return found ? found[1] : null;
}

/** With a name at this place, instead of where it stood. */
export function putId(root: IdNode | null, id: string, ordinal: number): IdNode {
  return put(root, id, ordinal, hashOf(id), 0);
}

function put(node: IdNode | null, id: string, ordinal: number, hash: number, bits: number): IdNode {
  if (node && !isLeaf(node)) {
    const place = hash & (PARTS - 1);
    const of = node.of.slice();
    of[place] = put(node.of[place] ?? null, id, ordinal, hash >>> BITS, bits + BITS);
    return { of };
  }
  const names: IdLeaf = [...(node ?? []).filter(([name]) => name !== id), [id, ordinal]];
  return names.length <= MOST || bits >= ALL_BITS ? names : parted(names, bits);
}

/** A leaf that is too full, as a branch. */
function parted(names: IdLeaf, bits: number): IdBranch {
  let branch: IdNode = { of: Array.from({ length: PARTS }, () => null) };
  for (const [id, ordinal] of names) branch = put(branch, id, ordinal, hashOf(id) >>> bits, bits);
  return branch as IdBranch;
}

/** Without a name; the same index if it is not in it, null if nothing is left. */
export function dropId(root: IdNode | null, id: string): IdNode | null {
  return root && drop(root, id, hashOf(id));
}

function drop(node: IdNode, id: string, hash: number): IdNode | null {
  if (isLeaf(node)) {
    const left = node.filter(([name]) => name !== id);
    if (left.length === node.length) return node;
    return left.length > 0 ? left : null;
  }
  const place = hash & (PARTS - 1);
  const part = node.of[place];
  if (!part) return node;
  const left = drop(part, id, hash >>> BITS);
  if (left === part) return node;
  const of = node.of.slice();
  of[place] = left;
  return of.some((one) => one !== null) ? { of } : null;
}

/** FNV-1a over the UTF-16 units, its bits mixed once more: the lowest ones are used first. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
