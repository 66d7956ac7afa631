// The book of requests, against a simple twin: where each request is, and whose.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Entry, RequestBook } from "../../src/requests/request-book.js";

interface Plain {
  readonly id: number;
  resends: number;
  generation: number | null;
}

/** Everything in one list in the order of the line; a request that is settled is taken out. */
class Twin {
  all: Plain[] = [];
  #last = 0;

  add(resends: number): number {
    this.#last += 1;
    this.all.push({ id: this.#last, resends, generation: null });
    return this.#last;
  }

  give(generation: number): number | null {
    const first = this.all.find((one) => one.generation === null);
    if (!first) return null;
    first.generation = generation;
    // What is given stands in the order of giving, before all that waits.
    this.all = this.all.filter((one) => one !== first);
    this.all.splice(this.all.filter((one) => one.generation !== null).length, 0, first);
    return first.id;
  }

  answer(id: number, generation: number): number | null {
    const found = this.all.find((one) => one.id === id && one.generation === generation);
    this.all = this.all.filter((one) => one !== found);
    return found?.id ?? null;
  }

  drop(id: number): boolean {
    const before = this.all.length;
    this.all = this.all.filter((one) => one.id !== id);
    return this.all.length < before;
  }

  end(generation: number): number[] {
    const had = this.all.filter((one) => one.generation === generation);
    const lost = had.filter(({ resends }) => resends === 0);
    this.all = this.all.filter((one) => !lost.includes(one));
    for (const one of had) {
      if (lost.includes(one)) continue;
      one.resends -= 1;
      one.generation = null;
    }
    const given = this.all.filter((one) => one.generation !== null);
    const again = had.filter((one) => !lost.includes(one));
    const waited = this.all.filter((one) => one.generation === null && !again.includes(one));
    this.all = [...given, ...again, ...waited];
    return lost.map(({ id }) => id);
  }
}

const step = fc.oneof(
  fc.record({ do: fc.constant("add" as const), n: fc.nat(2) }),
  fc.record({ do: fc.constant("give" as const), n: fc.nat(2) }),
  fc.record({
    do: fc.constant("answer" as const),
    n: fc.nat(2),
    id: fc.integer({ min: 1, max: 8 }),
  }),
  fc.record({ do: fc.constant("drop" as const), n: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ do: fc.constant("end" as const), n: fc.nat(2) }),
);

describe("the book of requests", () => {
  it("is as its twin: in order, once, and only for the generation that has it", () => {
    let lostOnes = 0;
    let sentAgain = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 30, maxLength: 90 }), (steps) => {
        const book = new RequestBook<null>();
        const twin = new Twin();
        const known = new Map<number, Entry<null>>();
        for (const one of steps) {
          switch (one.do) {
            case "add": {
              const entry = book.add(null, one.n);
              known.set(entry.id, entry);
              expect(entry.id).toBe(twin.add(one.n));
              break;
            }
            case "give":
              expect(book.give(one.n)?.id ?? null).toBe(twin.give(one.n));
              break;
            case "answer":
              expect(book.answer(one.id, one.n)?.id ?? null).toBe(twin.answer(one.id, one.n));
              break;
            case "drop": {
              const entry = known.get(one.n);
              if (entry) expect(book.drop(entry)).toBe(twin.drop(one.n));
              break;
            }
            case "end": {
              const waited = book.waiting;
              const lost = book.end(one.n).map(({ id }) => id);
              expect(lost).toStrictEqual(twin.end(one.n));
              lostOnes += lost.length;
              sentAgain += book.waiting - waited;
            }
          }
          const waiting = twin.all.filter(({ generation }) => generation === null).length;
          expect([book.waiting, book.given]).toStrictEqual([waiting, twin.all.length - waiting]);
        }
        expect(book.clear().map(({ id }) => id)).toStrictEqual(twin.all.map(({ id }) => id));
        expect([book.waiting, book.given]).toStrictEqual([0, 0]);
      }),
    );
    expect(lostOnes).toBeGreaterThan(50);
    expect(sentAgain).toBeGreaterThan(50);
  });
});
