// The tree below keyed: when a leaf splits and a branch collapses, and which keys are neighbours.

import { describe, expect, it } from "vitest";
import {
  bucketOf,
  changeLeaf,
  digit,
  entriesOf,
  hashOf,
  isBranch,
  type KeyEntry,
  type KeyNode,
} from "../src/key-tree.js";
import { colliding } from "./colliding-keys.js";

/** So many keys whose hashes begin with these digits. */
function keysAt(digits: readonly number[], count: number): string[] {
  const found: string[] = [];
  for (let n = 0; found.length < count; n++) {
    const hash = hashOf(`${n}`);
    if (digits.every((at, depth) => digit(hash, depth) === at)) found.push(`${n}`);
  }
  return found;
}

const entry = (key: string): KeyEntry => [key, 0, null];

function treeOf(keys: readonly string[]): KeyNode | null {
  return keys.reduce<KeyNode | null>(
    (tree, key) => changeLeaf(tree, hashOf(key), (leaf) => [...leaf, entry(key)]),
    null,
  );
}

const without = (tree: KeyNode | null, key: string) =>
  changeLeaf(tree, hashOf(key), (leaf) => leaf.filter(([other]) => other !== key));

const keysOf = (entries: readonly KeyEntry[]) => entries.map(([key]) => key).sort();
const around = (tree: KeyNode | null, key: string, except: string | null = null) =>
  keysOf(bucketOf(tree, hashOf(key), except));

describe("digit", () => {
  it("reads a hash four bits at a time, the lowest first, its sign included", () => {
    const hash = 0x89abcdef | 0;
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((depth) => digit(hash, depth))).toEqual([
      0xf, 0xe, 0xd, 0xc, 0xb, 0xa, 9, 8,
    ]);
  });
});

describe("a leaf", () => {
  const eight = keysAt([3], 8);
  const [ninth = ""] = keysAt([4], 1);

  it("holds eight keys, and splits at the ninth", () => {
    expect(treeOf(eight)).toHaveLength(8);
    const split = treeOf([...eight, ninth]);
    expect(split).toHaveLength(16);
    expect(split?.map((child) => child?.length ?? 0)).toEqual(
      Array.from({ length: 16 }, (_, at) => (at === 3 ? 8 : at === 4 ? 1 : 0)),
    );
  });

  it("splits as often as it must", () => {
    const nine = keysAt([3], 9);
    const tree = treeOf(nine);
    const [child] = (tree ?? []).filter((each) => each !== null);
    expect(tree).toHaveLength(16);
    expect(child).toHaveLength(16);
    expect(keysOf(entriesOf(tree))).toEqual([...nine].sort());
  });

  it("that is the only child of a branch stands in its place, at every level", () => {
    expect(without(treeOf([...eight, ninth]), ninth)).toStrictEqual(treeOf(eight));
    const nine = keysAt([3], 9);
    const one = nine.slice(1).reduce(without, treeOf(nine));
    expect(one).toStrictEqual([entry(nine[0] ?? "")]);
    expect(without(one, nine[0] ?? "")).toBeNull();
  });

  it("beside a branch does not", () => {
    const tree = treeOf([...keysAt([3], 9), ninth]);
    const left = without(tree, ninth);
    expect(left).toHaveLength(16);
    expect(left).toStrictEqual(treeOf(keysAt([3], 9)));
  });

  it("of keys that share all 32 bits is found eight levels down", () => {
    let node: KeyNode | null = treeOf(colliding(9));
    let levels = 0;
    while (node !== null && isBranch(node)) {
      node = node.find((child) => child !== null) ?? null;
      levels++;
    }
    expect([levels, node?.length]).toEqual([8, 9]);
  });
});

describe("a change", () => {
  it("that changes nothing gives back the same tree", () => {
    const tree = treeOf(keysAt([], 100));
    expect(changeLeaf(tree, hashOf("5"), (leaf) => leaf)).toBe(tree);
    expect(changeLeaf(null, hashOf("5"), (leaf) => leaf)).toBeNull();
  });

  it("shares every branch and leaf that is not on its way", () => {
    const tree = treeOf(keysAt([], 100));
    const changed = without(tree, "5");
    const at = digit(hashOf("5"), 0);
    const shared = (tree ?? []).map((child, i) => child === changed?.[i]);
    expect(shared).toEqual(Array.from({ length: 16 }, (_, i) => i !== at));
  });
});

describe("the bucket around a key", () => {
  const [mine = "", mate = ""] = keysAt([1], 2);
  const nine = keysAt([3, 5], 9);
  const [beside = ""] = keysAt([3, 7], 1);

  it("is a leaf without branches, but for the key itself", () => {
    expect(around(treeOf([mine, mate]), mine)).toEqual([mine, mate].sort());
    expect(around(treeOf([mine, mate]), mine, mine)).toEqual([mate]);
    expect(around(treeOf([mine]), mine, mine)).toEqual([]);
    expect(around(null, mine)).toEqual([]);
  });

  it("is all leaves of the last branch on the way", () => {
    const spread = keysAt([], 12);
    expect(around(treeOf(spread), spread[0] ?? "")).toEqual([...spread].sort());
  });

  it("and not those of a branch above it", () => {
    const tree = treeOf([...nine, beside, mine]);
    expect(around(tree, nine[0] ?? "")).toEqual([...nine].sort());
    expect(around(tree, beside)).toEqual([beside]);
    expect(around(tree, mine)).toEqual([mine]);
  });

  it("is that of a branch beside, where there is nobody else", () => {
    const tree = treeOf([...nine, beside, mine]);
    expect(around(tree, mine, mine)).toEqual([beside]);
    expect(around(tree, beside, beside)).toEqual([...nine].sort());
  });
});
