import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Heap } from "../src/heap.js";

interface Item {
  readonly key: number;
  readonly turn: number;
}

/** The dumb twin: a list, sorted by key, and by turn among equals. */
function first(items: readonly Item[]): Item | undefined {
  return items.toSorted((one, other) => one.key - other.key || one.turn - other.turn)[0];
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
        const heap = new Heap<Item>((one, other) => one.key - other.key);
        let twin: Item[] = [];
        let turn = 0;
        let tied = false;
        for (const act of list) {
          if (act === "pop") {
            const expected = first(twin);
            tied ||= twin.filter(({ key }) => key === expected?.key).length > 1;
            expect(heap.peek()).toBe(expected);
            expect(heap.pop()).toBe(expected);
            twin = twin.filter((item) => item !== expected);
          } else if ("push" in act) {
            const item = { key: act.push, turn: turn++ };
            heap.push(item);
            twin.push(item);
          } else {
            heap.keep(({ key }) => key >= act.keepFrom);
            twin = twin.filter(({ key }) => key >= act.keepFrom);
          }
          expect(heap.size).toBe(twin.length);
        }
        while (twin.length > 0) {
          const expected = first(twin);
          expect(heap.pop()).toBe(expected);
          twin = twin.filter((item) => item !== expected);
        }
        if (tied) ties++;
      }),
    );
    expect(ties / runs).toBeGreaterThan(0.2);
  });

  it("is empty when it is empty", () => {
    const heap = new Heap<number>((one, other) => one - other);
    expect([heap.peek(), heap.pop(), heap.size]).toEqual([undefined, undefined, 0]);
    heap.push(1);
    heap.keep(() => false);
    expect([heap.peek(), heap.pop(), heap.size]).toEqual([undefined, undefined, 0]);
  });
});
