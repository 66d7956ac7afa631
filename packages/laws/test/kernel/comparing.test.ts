// What the kit compares with, and what it freezes.

import { describe, expect, it } from "vitest";
import { claim, claimSame, show } from "../../src/kernel/claim.js";
import { deepEqual } from "../../src/kernel/deep-equal.js";
import { deepFreeze } from "../../src/kernel/deep-freeze.js";

describe("deepEqual", () => {
  it.each<[unknown, unknown]>([
    [1, 1],
    [Number.NaN, Number.NaN],
    [null, null],
    ["a", "a"],
    [[], []],
    [{}, {}],
    [
      { a: [1, { b: null }], c: 0 },
      { c: 0, a: [1, { b: null }] },
    ],
  ])("%j and %j are the same", (one, other) => {
    expect(deepEqual(one, other)).toBe(true);
    expect(deepEqual(other, one)).toBe(true);
  });

  it.each<[string, unknown, unknown]>([
    ["0 and -0", 0, -0],
    ["null and undefined", null, undefined],
    ["absent and undefined", {}, { a: undefined }],
    ["one undefined and another", { a: undefined }, { b: undefined }],
    ["a list and an object", [], {}],
    ["a list and its indexes", [1], { 0: 1 }],
    ["-Infinity and null", -Infinity, null],
    ["a date and its text", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["an instance and its fields", new (class A {})(), {}],
    ["two functions", () => 1, () => 1],
    ["a deep difference", { a: [1, { b: 1 }] }, { a: [1, { b: 2 }] }],
    ["a longer list", [1], [1, 2]],
    ["what is inherited", JSON.parse('{"__proto__": 1}'), { toString: 1 }],
  ])("%s are not", (_, one, other) => {
    expect(deepEqual(one, other)).toBe(false);
    expect(deepEqual(other, one)).toBe(false);
  });
});

describe("deepFreeze", () => {
  it("freezes all the way down, and hands back what it was given", () => {
    const value = { a: [{ b: 1 }] };
    expect(deepFreeze(value)).toBe(value);
    expect(() => Object.assign(value.a[0] as object, { b: 2 })).toThrow(TypeError);
    expect(deepFreeze(5)).toBe(5);
    expect(deepFreeze(null)).toBeNull();
  });
});

describe("claims", () => {
  it("throw what is otherwise, which is asked for only then", () => {
    claim(true, () => expect.unreachable());
    expect(() => claim(false, () => "otherwise")).toThrow("otherwise");
    claimSame({ a: 1 }, { a: 1 }, "it");
    expect(() => claimSame(-0, 0, "the sign")).toThrow(/^the sign: got/);
  });
});

describe("show", () => {
  it.each([
    [{ a: Infinity, b: undefined }, '{"a":Infinity,"b":undefined}'],
    [[Number.NaN, -0, 1n], "[NaN,-0,1n]"],
    [undefined, "undefined"],
    [-0, "-0"],
    ["a", '"a"'],
    [{ at: new Date(0), by: new Map() }, '{"at":an instance of Date,"by":an instance of Map}'],
    [{ f: () => 1, s: Symbol("x") }, '{"f":a function,"s":a symbol}'],
    [Object.create(null), "{}"],
  ])("%o", (value, text) => {
    expect(show(value)).toBe(text);
  });

  it("never throws", () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(show(circle)).toBe("[object Object]");
  });

  it("ends after 300 characters", () => {
    expect(show("x".repeat(400))).toHaveLength(300);
  });
});
