import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Heap, type HeapEntry, heap as makeHeap } from "../src/heap.js";

type Item = HeapEntry;

/** The dumb twin: a list, sorted by instant, and by turn among equals. */
function first(items: readonly Item[]): Item | undefined {
  return items.toSorted((one, other) => one.at - other.at || one.turn - other.turn)[0];
}

function pop(heap: Heap<Item>): Item | undefined {
  const item = heap.peek();
  if (item) heap.delete(item);
  return item;
}

type Act = { readonly push: number } | "pop" | { readonly keepFrom: number };

const acts = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ push: fc.integer({ min: 0, max: 9 }) }) },
    { weight: 3, arbitrary: fc.constant("pop" as const) },
    { weight: 1, arbitrary: fc.record({ keepFrom: fc.integer({ min: 0, max: 9 }) }) },
  ),
  { maxLength: 200, size: "max" },
);

describe("a heap", () => {
  it("does what a sorted list does; equal items leave in the order they came", () => {
    let ties = 0;
    let runs = 0;
    fc.assert(
      fc.property(acts, (list: readonly Act[]) => {
        runs++;
        const heap = makeHeap<Item>();
        let twin: Item[] = [];
        let turn = 0;
        let tied = false;
        for (const act of list) {
          if (act === "pop") {
            const expected = first(twin);
            tied ||= twin.filter(({ at }) => at === expected?.at).length > 1;
            expect(heap.peek()).toBe(expected);
            expect(pop(heap)).toBe(expected);
            twin = twin.filter((item) => item !== expected);
          } else if ("push" in act) {
            const item = { at: act.push, turn: turn++, place: 0 };
            heap.push(item);
            twin.push(item);
          } else {
            for (const item of twin) if (item.at < act.keepFrom) heap.delete(item);
            twin = twin.filter(({ at }) => at >= act.keepFrom);
          }
          expect(heap.size).toBe(twin.length);
        }
        while (twin.length > 0) {
          const expected = first(twin);
          expect(pop(heap)).toBe(expected);
          twin = twin.filter((item) => item !== expected);
        }
        if (tied) ties++;
      }),
    );
    expect(ties / runs).toBeGreaterThan(0.2);
  });

  it("is empty when it is empty", () => {
    const heap = makeHeap<Item>();
    expect([heap.peek(), heap.size]).toEqual([undefined, 0]);
    const item = { at: 1, turn: 0, place: 0 };
    heap.push(item);
    heap.delete(item);
    expect([heap.peek(), heap.size]).toEqual([undefined, 0]);
    heap.delete(item);
    expect([heap.peek(), heap.size]).toEqual([undefined, 0]);
  });

  it("leaves alone what is not in it: what was taken out, and what stood in another heap", () => {
    const [one, other] = [makeHeap<Item>(), makeHeap<Item>()];
    const items = [3, 1, 2].map((at) => ({ at, turn: 0, place: 0 }));
    for (const item of items) one.push(item);
    const gone = pop(one) as Item;
    const foreign = { at: 1, turn: 0, place: 0 };
    other.push(foreign);
    for (const item of [gone, foreign]) one.delete(item);
    expect([one.size, one.peek()?.at, other.size]).toEqual([2, 2, 1]);
  });
});
