// The paged list, the index of names and the queue, against a Map and an array.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dropId, findId, putId } from "../../src/tree/ids.js";
import {
  earliest,
  firstAsking,
  firstDue,
  getItem,
  nextOrdinal,
  setItem,
} from "../../src/tree/pages.js";
import { firstOf, pushed, shifted } from "../../src/tree/queue.js";
import type { IdNode, Page, Queue } from "../../src/tree/state.js";

interface Item {
  readonly at: number | null;
  readonly asks: number;
}

type List = Page<Item> | null;

const facts = ({ at, asks }: Item) => ({ at, asks });
const ordinals = fc.oneof(
  fc.integer({ min: 0, max: 70 }),
  fc.constantFrom(31, 32, 1_023, 1_024, 32_767, 32_768, 1_048_576),
);
const items = fc.record({
  at: fc.option(fc.integer({ min: 0, max: 9 })),
  asks: fc.integer({ min: 0, max: 1 }),
});
const changes = fc.array(fc.tuple(ordinals, fc.option(items, { freq: 3 })), { maxLength: 80 });

/** Every page of a list. */
function pagesOf(page: List, into = new Set<object>()): Set<object> {
  if (!page) return into;
  into.add(page);
  for (const part of page.of) if (part && !("item" in part)) pagesOf(part, into);
  return into;
}

describe("a paged list", () => {
  it("does what a map does, and finds what is due, asks and comes next", () => {
    fc.assert(
      fc.property(changes, fc.integer({ min: 0, max: 10 }), ordinals, (script, now, from) => {
        let list: List = null;
        const map = new Map<number, Item>();
        for (const [ordinal, item] of script) {
          list = setItem(list, ordinal, item, facts);
          if (item) map.set(ordinal, item);
          else map.delete(ordinal);
        }
        const known = [...map].sort(([a], [b]) => a - b);
        const first = (isIt: (item: Item) => boolean) =>
          known.find(([ordinal, item]) => ordinal >= from && isIt(item))?.[0] ?? null;
        for (const [ordinal, item] of known) expect(getItem(list, ordinal)).toBe(item);
        expect(list?.count ?? 0).toBe(map.size);
        const ats = known.flatMap(([, { at }]) => (at === null ? [] : [at]));
        expect(earliest(list)).toBe(ats.length > 0 ? Math.min(...ats) : null);
        expect(firstDue(list, now, from)).toBe(first(({ at }) => at !== null && at <= now));
        expect(firstAsking(list, from)).toBe(first(({ asks }) => asks > 0));
        expect(nextOrdinal(list, from)).toBe(first(() => true));
        expect(JSON.parse(JSON.stringify(list))).toEqual(list);
        // Nothing is left of what was there before.
        let made: List = null;
        for (const [ordinal, item] of known) made = setItem(made, ordinal, item, facts);
        expect(list).toEqual(made);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("is the same list when nothing changed, and null when it is empty", () => {
    const one: Item = { at: 1, asks: 0 };
    const list = setItem(null as List, 40, one, facts);
    expect(setItem(list, 40, one, facts)).toBe(list);
    expect(setItem(list, 7, null, facts)).toBe(list);
    expect(setItem(list, 40, null, facts)).toBeNull();
    expect(getItem(list, 1_000_000)).toBeNull();
  });

  it("copies the pages on the way to a change and no others: 3 of 3 228 with 100 000 items", () => {
    let list: List = null;
    for (let i = 0; i < 100_000; i++) list = setItem(list, i, { at: i, asks: 0 }, facts);
    const before = pagesOf(list);
    const changed = pagesOf(setItem(list, 50_000, { at: 0, asks: 0 }, facts));
    const copied = [...changed].filter((page) => !before.has(page));
    expect([before.size, copied.length]).toEqual([3_228, 4]);
  });
});

describe("the index of names", () => {
  const names = fc.oneof(
    fc.constantFrom("a", "b", "", "__proto__", "w.1"),
    fc.integer({ min: 0, max: 300 }).map((n) => `child-${n}`),
  );

  it("does what a map does", () => {
    const script = fc.array(fc.tuple(names, fc.option(fc.nat(), { freq: 3 })), { maxLength: 200 });
    fc.assert(
      fc.property(script, (steps) => {
        let index: IdNode | null = null;
        const map = new Map<string, number>();
        for (const [id, ordinal] of steps) {
          const before: IdNode | null = index;
          index = ordinal === null ? dropId(index, id) : putId(index, id, ordinal);
          if (ordinal === null && !map.has(id)) expect(index).toBe(before);
          if (ordinal === null) map.delete(id);
          else map.set(id, ordinal);
        }
        for (const [id, ordinal] of map) expect(findId(index, id)).toBe(ordinal);
        expect(findId(index, "nobody")).toBeNull();
        if (map.size === 0) expect(index).toBeNull();
        expect(JSON.parse(JSON.stringify(index))).toEqual(index);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it("stays shallow: of 20 000 names none is behind more than 5 branches", () => {
    let index: IdNode | null = null;
    for (let i = 0; i < 20_000; i++) index = putId(index, `child-${i}`, i);
    const depthOf = (node: IdNode | null): number =>
      node && "of" in node && !Array.isArray(node) ? 1 + Math.max(...node.of.map(depthOf)) : 0;
    expect(depthOf(index)).toBeLessThanOrEqual(5);
    expect(findId(index, "child-19999")).toBe(19_999);
  });
});

describe("a queue", () => {
  it("gives back what was put in, in order, and is null when it is empty", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(), { freq: 2 }), { maxLength: 200 }), (steps) => {
        let queue: Queue<number> | null = null;
        const list: number[] = [];
        for (const step of steps) {
          if (step !== null) {
            queue = pushed<number>(queue, step);
            list.push(step);
          } else if (queue) {
            expect(firstOf(queue)).toBe(list.shift());
            queue = shifted<number>(queue);
          }
        }
        expect(firstOf(queue)).toBe(list[0] ?? null);
        if (list.length === 0) expect(queue).toBeNull();
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
