// The index of names: whatever was put into it and dropped, it finds what a Map would.

import { describe, expect, it } from "vitest";
import { dropId, findId, putId } from "../../src/tree/ids.js";
import type { IdBranch, IdLeaf, IdNode } from "../../src/tree/state.js";
import { plain } from "./world.js";

const names = Array.from({ length: 300 }, (_, i) => `worker-${i}`);

const filled = (count: number): IdNode | null =>
  names.slice(0, count).reduce<IdNode | null>((root, id, i) => putId(root, id, i), null);

function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    for (const part of Object.values(Object.freeze(value))) frozen(part);
  }
  return value;
}

describe.each([1, 8, 9, 300])("with %i names", (count) => {
  it("each is found in its place, and no other", () => {
    const root = filled(count);
    for (const [i, id] of names.entries()) {
      expect(findId(root, id)).toBe(i < count ? i : null);
    }
    expect(plain(root)).toEqual(root);
  });

  it("each goes alone, from the first to the last, and nothing is left", () => {
    let root = frozen(filled(count));
    for (let gone = 0; gone < count; gone++) {
      root = frozen(dropId(root, names[gone] as string));
      expect(findId(root, names[gone] as string)).toBeNull();
      if (gone % 37 > 0) continue;
      for (let i = 0; i < count; i++) {
        expect(findId(root, names[i] as string)).toBe(i > gone ? i : null);
      }
    }
    expect(root).toBeNull();
  });

  it("one that is not in it changes nothing", () => {
    const root = filled(count);
    for (let i = 0; i < 50; i++) expect(dropId(root, `stranger-${i}`)).toBe(root);
  });

  it("a name is put into another place instead of its own", () => {
    let root = frozen(filled(count));
    root = putId(root, "worker-0", 999);
    expect(findId(root, "worker-0")).toBe(999);
    expect(findId(dropId(root, "worker-0"), "worker-0")).toBeNull();
  });
});

it("a leaf has up to 8 names, and each has its place by its hash", () => {
  expect(filled(8)).toEqual(names.slice(0, 8).map((id, i) => [id, i]));
  const parts = (filled(9) as IdBranch).of as readonly (IdLeaf | null)[];
  const numbers = parts.map((part) => part?.map(([, number]) => number) ?? []);
  const nobody: number[] = [];
  expect(numbers.slice(0, 8)).toEqual([nobody, [8], [1], [3], nobody, [4], [7], nobody]);
  expect(numbers.slice(8)).toEqual([nobody, nobody, nobody, [5], nobody, [2], nobody, [0, 6]]);
});

it("an empty index has nothing to drop", () => {
  expect(dropId(null, "a")).toBeNull();
  expect(findId(null, "a")).toBeNull();
});

it("names whose hashes agree in every bit share a leaf, however many they are", () => {
  const same = sameHash(4);
  expect(new Set(same).size).toBe(16);
  const root = same.reduce<IdNode | null>((node, id, i) => putId(node, id, i), null);
  for (const [i, id] of same.entries()) expect(findId(root, id)).toBe(i);
  expect(findId(dropId(root, same[3] as string), same[4] as string)).toBe(4);
  expect(same.reduce(dropId, root)).toBeNull();
});

/** 2^pairs names with one FNV-1a hash: from each state on, two pairs of units lead to the same next one. */
function sameHash(pairs: number): readonly string[] {
  const next = (hash: number, unit: number) => Math.imul(hash ^ unit, 0x01000193);
  let names = [""];
  let state = 0x811c9dc5;
  for (let n = 0; n < pairs; n++) {
    const seen = new Map<number, number>();
    for (let unit = 0; ; unit++) {
      const top = next(state, unit) >>> 16;
      const other = seen.get(top);
      seen.set(top, unit);
      if (other === undefined) continue;
      const low = (next(state, unit) ^ next(state, other)) & 0xffff;
      const ways = [String.fromCharCode(unit, 65), String.fromCharCode(other, 65 ^ low)];
      names = names.flatMap((name) => ways.map((way) => name + way));
      state = next(next(state, unit), 65);
      break;
    }
  }
  return names;
}
