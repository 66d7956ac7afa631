// What was thrown, as a note: whatever it is, the note can be cloned and read, and says what it can.

import { deserialize, serialize } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { thrownNote, thrownOf } from "../src/answering/thrown-note.js";

/** A value that throws whatever is done to it. */
function hostile(): object {
  const trap = () => {
    throw new Error("trapped");
  };
  return new Proxy({}, { get: trap, has: trap, getPrototypeOf: trap, ownKeys: trap });
}

/** As the host has it. */
const across = (thrown: unknown) => thrownOf(deserialize(serialize(thrownNote(thrown))));

class Mine extends RangeError {
  override name = "Mine";
  readonly retryable = true;
}

const ROWS: readonly (readonly [string, unknown, unknown])[] = [
  ["undefined", undefined, undefined],
  ["a number", Number.NaN, Number.NaN],
  ["a bigint", 2n ** 70n, 2n ** 70n],
  ["a function, as a text", () => 1, "[Function: (anonymous)]"],
  ["a symbol, as a text", Symbol("s"), "Symbol(s)"],
  ["plain data", { a: [1, { b: null }], c: undefined }, { a: [1, { b: null }], c: undefined }],
  ["a Map, as a text", new Map([[1, 2]]), "[object Map]"],
  ["a record without its functions", { f() {}, n: 1 }, { n: 1 }],
  ["a list with a function", [() => 1], ["[Function: (anonymous)]"]],
  ["what traps everything, as a text", hostile(), expect.any(String)],
];

describe("a note of what was thrown", () => {
  it.each(ROWS)("keeps %s", (_, thrown, got) => {
    expect(across(thrown)).toStrictEqual(got);
  });

  it("keeps an error's kind, name, message, code, stack and fields", () => {
    const error = Object.assign(new Mine("m"), { code: "E", at: { line: 3 } });
    const got = across(error) as Mine;
    expect(got).toBeInstanceOf(RangeError);
    expect(Object.entries(got)).toStrictEqual([
      ["code", "E"],
      ["retryable", true],
      ["at", { line: 3 }],
    ]);
    expect([got.name, got.message, got.stack]).toStrictEqual(["Mine", "m", error.stack]);
  });

  it("keeps an error of another realm", () => {
    const got = across(
      runInNewContext(`
        Object.assign(new RangeError("theirs", { cause: new Error("why") }), { code: "E", at: [1] })
      `),
    ) as Error;
    expect(got).toBeInstanceOf(RangeError);
    expect(got).toMatchObject({ message: "theirs", code: "E", at: [1], cause: { message: "why" } });
    expect(got.stack).toContain("RangeError: theirs");
    expect(across(runInNewContext("class Mine extends Error {}; new Mine('own')"))).toMatchObject({
      message: "own",
    });
  });

  it("keeps causes and the errors of an AggregateError, as errors", () => {
    const error = new AggregateError([new TypeError("one"), 2], "both", {
      cause: new Error("why"),
    });
    const got = across(error) as AggregateError;
    expect(got).toMatchObject({
      name: "AggregateError",
      message: "both",
      cause: { message: "why" },
    });
    expect(got.errors).toStrictEqual([new TypeError("one"), 2]);
    expect(got.cause).toBeInstanceOf(Error);
  });

  it("ends where something is its own part, or too deep", () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(across(cycle)).toStrictEqual({ self: "[circular]" });
    let deep: unknown = "end";
    for (let n = 0; n < 7; n += 1) deep = { deep };
    expect(JSON.stringify(across(deep))).toContain("end");
    expect(JSON.stringify(across({ deep: { deep } }))).toContain("[too deep]");
  });

  it("holds a thousand values at the most", () => {
    const wide = Array.from({ length: 5_000 }, (_, n) => ({ n }));
    const got = across(wide) as unknown[];
    expect(JSON.stringify(got).length).toBeLessThan(20_000);
    expect(got[0]).toStrictEqual({ n: 0 });
  });

  it("passes over a getter that throws", () => {
    const error = Object.defineProperty(new Error("m"), "bad", {
      enumerable: true,
      get() {
        throw new Error("no");
      },
    });
    expect(across(error)).toMatchObject({ message: "m", bad: undefined });
  });

  it("can always be made, cloned and read", () => {
    fc.assert(
      fc.property(fc.anything({ withMap: true, withSet: true, withTypedArray: true }), (thrown) => {
        across(thrown);
        across(Object.assign(new Error("x", { cause: thrown }), { thrown }));
      }),
    );
  });

  it("of a plain value is that value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(across(value)).toStrictEqual(value);
      }),
    );
  });
});
