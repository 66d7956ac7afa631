// Documents of somebody who means harm, or is merely unlucky: an error of ours, at bounded cost, and nothing
// of theirs is run.

import { giveUp, restartOn } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { cyclic, revoked, trap } from "../../../config/testing/strange-values.ts";
import { isPolicySpecError, keyedFrom, policyFrom, presetFrom, toJson } from "../src/index.js";

function nested(levels: number): unknown {
  let json: unknown = "always";
  for (let i = 0; i < levels; i++) json = { kind: "giveUp", members: [json] };
  return json;
}

const options = (given: object) => ({ kind: "slidingWindow", options: given });

describe("policyFrom refuses with an error of its own", () => {
  it.each<[reason: string, json: unknown, message: RegExp]>([
    ["a function", () => "always", /^policy must be plain JSON, got a function$/],
    ["a symbol", Symbol("x"), /^policy must be plain JSON, got Symbol\(x\)$/],
    [
      "a bigint",
      options({ limit: 1n, windowMs: 1 }),
      /^policy.options.limit must be plain JSON, got 1n$/,
    ],
    [
      "NaN",
      options({ limit: Number.NaN, windowMs: 1 }),
      /^policy.options.limit must be plain JSON, got NaN$/,
    ],
    [
      "Infinity",
      options({ limit: Infinity, windowMs: 1 }),
      /options.limit must be plain JSON, got Infinity$/,
    ],
    [
      "a number too large for JSON",
      JSON.parse('{"kind":"lifetimeCap","options":{"restarts":1e400}}'),
      /got Infinity$/,
    ],
    [
      "a date",
      { kind: new Date(0) },
      /^policy.kind must be plain JSON, got an object of a class of its own$/,
    ],
    ["a map", new Map(), /got an object of a class of its own$/],
    ["a text that is an object", new String("always"), /got an object of a class of its own$/],
    [
      "an inherited kind",
      Object.create({ kind: "allOf", members: [] }),
      /got an object of a class of its own$/,
    ],
    [
      "a hole in a list",
      { kind: "allOf", members: new Array(1) },
      /^policy.members\[0\] must be plain JSON, got undefined$/,
    ],
    [
      "a huge hole",
      { kind: "allOf", members: new Array(2 ** 32 - 1) },
      /^policy.members\[0\] must be plain JSON/,
    ],
    ["a cycle", cyclic(), /^policy must be nested at most 128 levels deep, got more, or a cycle$/],
    [
      "a Proxy that throws",
      trap(),
      /^policy must be plain JSON, got an object that cannot be read$/,
    ],
    ["a Proxy that is no more", revoked(), /got an object that cannot be read$/],
    [
      "a list that is one",
      { kind: "allOf", members: revoked([]) },
      /got an object that cannot be read$/,
    ],
    ["a million levels", nested(1_000_000), /^policy must be nested at most 128 levels deep/],
    [
      "__proto__ as an option",
      JSON.parse('{"kind":"backoff","options":{"__proto__":{"capMs":1}}}'),
      /^policy.options.__proto__ (must be left out|is unknown)/,
    ],
    [
      "__proto__ as a field",
      JSON.parse('{"kind":"backoff","__proto__":{}}'),
      /^policy.__proto__ is unknown/,
    ],
    ["a kind of every object", { kind: "constructor" }, /^policy.kind must be one of/],
    ["another", { kind: "__proto__" }, /^policy.kind must be one of/],
    ["a preset of every object", { preset: "toString" }, /^policy.preset must be one of/],
    [
      "a curve of every object",
      { kind: "backoff", options: { curve: { kind: "valueOf" } } },
      /^policy.options.curve.kind must be one of/,
    ],
    [
      "a jitter that is a word of every object",
      { kind: "backoff", options: { jitter: "constructor" } },
      /^policy.options.jitter must be none, full, equal or a jitter/,
    ],
    [
      "a type of every object",
      { kind: "restartOn", options: { type: "constructor" } },
      /^policy.options.type must be one of/,
    ],
  ])("%s", (_, json, message) => {
    expect(() => policyFrom(json)).toThrow(
      expect.objectContaining({ code: "ERR_POLICY_SPEC", message: expect.stringMatching(message) }),
    );
  });

  it("a getter, which is not run", () => {
    const run = vi.fn(() => "always");
    const members = [1];
    Object.defineProperty(members, 0, { get: run, enumerable: true });
    const kind = Object.defineProperty({}, "kind", { get: run, enumerable: true });
    expect(() => policyFrom(kind)).toThrow("policy.kind must be plain JSON, got a getter");
    expect(() => policyFrom({ kind: "allOf", members })).toThrow(
      "policy.members[0] must be plain JSON, got a getter",
    );
    expect(run).not.toHaveBeenCalled();
  });

  it("what is small in memory and has a billion parts", () => {
    let json: unknown = "always";
    for (let i = 0; i < 40; i++) json = { kind: "allOf", members: [json, json] };
    expect(() => policyFrom(json)).toThrow("policy must be at most 10000 values in all, got more");
  });
});

it("the deepest document is read, one level more is not", () => {
  expect(policyFrom(nested(63)).name).toMatch(/^(giveUp\(){63}restartOn\){63}$/);
  expect(policyFrom(nested(64)).name).toMatch(/^(giveUp\(){64}restartOn\){64}$/);
  expect(() => policyFrom(nested(65))).toThrow("nested at most 128 levels deep");
  expect(toJson(policyFrom(nested(63)))).toMatchObject({ kind: "giveUp" });
});

it("a message stays short, whatever a document holds", () => {
  const long = "k".repeat(1_000_000);
  for (const json of [long, { [long]: 1 }, { kind: long }, { kind: "allOf", [long]: 1n }]) {
    try {
      policyFrom(json);
      throw new Error("read");
    } catch (error) {
      expect(isPolicySpecError(error)).toBe(true);
      expect((error as Error).message.length).toBeLessThan(700);
    }
  }
});

it("the path of a field that is no word is in brackets", () => {
  expect(() => policyFrom({ kind: "backoff", "a b\n": 1 })).toThrow('policy["a b\\n"] is unknown');
  expect(() => policyFrom({ kind: "backoff", options: { "": 1n } })).toThrow(
    'policy.options[""] must',
  );
});

it("what toJson is given cannot throw at it", () => {
  const name = () => {
    throw new Error("not for you");
  };
  const describe = { kind: "restartOn", options: { type: "permanent" }, timesMs: [] };
  for (const policy of [
    trap(),
    revoked(),
    Object.defineProperty({ describe }, "name", { get: name }),
  ]) {
    expect(() => toJson(policy as never)).toThrow(
      "policy must be a policy that JSON can hold, got an object that cannot be read",
    );
  }
});

it("a policy too deep to be read back is not written", () => {
  let policy = giveUp(restartOn("permanent"));
  for (let i = 0; i < 200; i++) policy = giveUp(policy);
  expect(() => toJson(policy)).toThrow("nested at most 128 levels deep");
});

it("-0 is 0, undefined is left out, an object of another prototype is an object", () => {
  const json = Object.assign(Object.create(null), {
    kind: "lifetimeCap",
    options: { restarts: -0 },
    members: undefined,
  });
  const policy = policyFrom(json);
  expect(Object.is((policy.describe.options as { restarts: number }).restarts, 0)).toBe(true);
});

it("what is changed after it was read changes nothing", () => {
  const json = {
    kind: "backoff",
    options: { curve: { kind: "table", options: { delaysMs: [5] } } },
  };
  const policy = policyFrom(json);
  const before = JSON.stringify(policy.describe);
  json.options.curve.options.delaysMs[0] = 7;
  expect(JSON.stringify(policy.describe)).toBe(before);
});

it("nothing but errors of ours, whatever the value", () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
    key: fc.oneof(
      fc.constantFrom("kind", "preset", "options", "members", "__proto__"),
      fc.string(),
    ),
  });
  const half = fc
    .tuple(
      fc.constantFrom("kind", "preset"),
      fc.constantFrom("allOf", "backoff", "restartOn", "docker", "pm2", "coarse"),
      anything,
      anything,
    )
    .map(([by, name, given, members]) => ({ [by]: name, options: given, members }));
  let refused = 0;
  fc.assert(
    fc.property(fc.array(fc.oneof(anything, half), { minLength: 20 }), (values) => {
      for (const value of values) {
        for (const read of [
          policyFrom,
          presetFrom,
          keyedFrom,
          toJson as unknown as typeof policyFrom,
        ]) {
          try {
            read(value);
          } catch (error) {
            if (!isPolicySpecError(error)) throw error;
            refused++;
          }
        }
      }
    }),
  );
  expect(refused).toBeGreaterThan(1_000);
});
