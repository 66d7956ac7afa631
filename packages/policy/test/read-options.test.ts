import { describe, expect, it } from "vitest";
import { cyclic, revoked, trap } from "../../../config/testing/strange-values.ts";
import { isPolicyOptionsError, type NumberRange, readOptions } from "../src/index.js";

interface Options {
  readonly limit?: unknown;
  readonly factor?: unknown;
  readonly jitter?: unknown;
}

const MAX = Number.MAX_SAFE_INTEGER;

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isPolicyOptionsError(error)) return error.message;
    throw error;
  }
  return "no error";
}

const whole = (limit: unknown, range = {}) =>
  readOptions<Options>("box", { limit }).whole("limit", range);
const finite = (factor: unknown, range = {}) =>
  readOptions<Options>("box", { factor }).finite("factor", range);

describe("whole", () => {
  it.each<[number, NumberRange, string]>([
    [0, {}, "the smallest"],
    [MAX, {}, "the largest"],
    [3, { min: 3, max: 3 }, "both ends are included"],
    [-5, { min: -5 }, "a negative smallest"],
    [7, { default: 1 }, "given: the default does not matter"],
  ])("takes %d within %j: %s", (value, range) => {
    expect(whole(value, range)).toBe(value);
  });

  it("makes -0 a 0, which JSON can hold", () => {
    expect(Object.is(whole(-0), 0)).toBe(true);
    expect(Object.is(whole(-0, { min: -1 }), 0)).toBe(true);
  });

  it("takes the default for undefined and for a missing key, and for nothing else", () => {
    expect(whole(undefined, { default: 9 })).toBe(9);
    expect(readOptions<Options>("box", {}).whole("limit", { default: 9 })).toBe(9);
    expect(messageOf(() => whole(null, { default: 9 }))).toMatch(/got null$/);
  });

  const range = "box: limit must be a whole number from 0 to 9007199254740991, got ";
  it.each<readonly [string, unknown]>([
    ["-1", -1],
    ["9007199254740992", MAX + 1],
    ["0.5", 0.5],
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ['"3"', "3"],
    ['""', ""],
    ["null", null],
    ["undefined", undefined],
    ["true", true],
    ["3n", 3n],
    ["Symbol(three)", Symbol("three")],
    ["a function", () => 3],
    ["[3]", [3]],
    ["3", Object(3)],
    ["[object Object]", { toJSON: () => undefined }],
    ["[object AbortController]", new AbortController()],
    ["Error: no", new Error("no")],
    ["[object Promise]", Promise.resolve(3)],
    ["{}", { valueOf: () => 3 }],
  ])("refuses what is shown as %s", (got, value) => {
    expect(messageOf(() => whole(value))).toBe(range + got);
  });

  it.each([
    ["with a cycle", cyclic],
    ["that is a Proxy which traps everything", trap],
    ["that is a revoked Proxy", revoked],
  ])("refuses an object %s", (_, make) => {
    expect(messageOf(() => whole(make()))).toBe(`${range}an object`);
  });

  it.each([
    [2, { min: 3 }, "from 3 to 9007199254740991"],
    [4, { max: 3 }, "from 0 to 3"],
    [-0, { min: 1 }, "from 1 to"],
  ])("refuses %d just outside %j", (value, limits, words) => {
    expect(messageOf(() => whole(value, limits))).toContain(words);
  });

  it("leaves a value of 60 characters whole", () => {
    const text = JSON.stringify("x".repeat(58));
    expect(messageOf(() => whole("x".repeat(58)))).toBe(range + text);
    expect(messageOf(() => whole("x".repeat(59)))).toBe(`${range}"${"x".repeat(58)}…`);
  });

  it("cuts a long value in the message", () => {
    const message = messageOf(() => whole("x".repeat(1_000)));
    expect(message.length).toBe(range.length + 60);
    expect(message.endsWith("…")).toBe(true);
  });
});

describe("finite", () => {
  it.each([
    [0, {}],
    [0.1, {}],
    [Number.MIN_VALUE, {}],
    [Number.MAX_VALUE, {}],
    [1, { min: 1, max: 1 }],
    [-1.5, { min: -2 }],
  ])("takes %d within %j", (value, range) => {
    expect(finite(value, range)).toBe(value);
  });

  it("makes -0 a 0", () => {
    expect(Object.is(finite(-0), 0)).toBe(true);
  });

  it.each([
    [-Number.MIN_VALUE, {}],
    [Number.NaN, {}],
    [Number.POSITIVE_INFINITY, {}],
    [0.999, { min: 1 }],
    [1.001, { max: 1 }],
    ["1", {}],
    [null, {}],
    [1n, {}],
  ])("refuses %s within %j", (value, range) => {
    expect(messageOf(() => finite(value, range))).toMatch(/^box: factor must be a finite number/);
  });
});

describe("oneOf", () => {
  const oneOf = (jitter: unknown, fallback?: "none") =>
    readOptions<Options>("box", { jitter }).oneOf("jitter", ["none", "full"], fallback);

  it("takes a word of the list, and the fallback for undefined", () => {
    expect(oneOf("full")).toBe("full");
    expect(oneOf("full", "none")).toBe("full");
    expect(oneOf(undefined, "none")).toBe("none");
  });

  it.each(["half", "", null, 0, ["full"]])("refuses %j, also with a fallback", (value) => {
    expect(messageOf(() => oneOf(value, "none"))).toMatch(
      /^box: jitter must be one of none, full, got /,
    );
  });

  it("refuses undefined without a fallback", () => {
    expect(messageOf(() => oneOf(undefined))).toBe(
      "box: jitter must be one of none, full, got undefined",
    );
  });
});

describe("checked", () => {
  const isEven = (value: unknown) => typeof value === "number" && value % 2 === 0;
  const even = (limit: unknown, fallback?: number | null) =>
    readOptions<Options>("box", { limit }).checked("limit", "an even number", isEven, fallback);

  it("takes what passes, and the fallback for undefined, unasked", () => {
    expect(even(4)).toBe(4);
    expect(even(4, 2)).toBe(4);
    expect(even(undefined, 3)).toBe(3);
    expect(even(undefined, null)).toBe(null);
  });

  it.each([3, "4", null])("refuses %j, also with a fallback", (value) => {
    expect(messageOf(() => even(value, 2))).toBe(
      `box: limit must be an even number, got ${JSON.stringify(value)}`,
    );
  });

  it("refuses undefined without a fallback, unless it passes", () => {
    expect(messageOf(() => even(undefined))).toBe(
      "box: limit must be an even number, got undefined",
    );
    const read = readOptions<Options>("box", {});
    expect(read.checked("limit", "anything", () => true)).toBe(undefined);
  });
});

describe("oneOf", () => {
  it("refuses what is no word, whatever it is", () => {
    for (const jitter of [Object.create(null), trap(), revoked(), cyclic(), [1], Symbol("x"), 3n]) {
      const read = readOptions<Options>("box", { jitter } as Options);
      expect(messageOf(() => read.oneOf("jitter", ["full", "none"]))).toMatch(
        /^box: jitter must be one of full, none, got (an object|\[1\]|Symbol\(x\)|3n)$/,
      );
    }
  });

  it("names the nearest word", () => {
    const read = readOptions<Options>("box", { jitter: "ful" } as Options);
    expect(messageOf(() => read.oneOf("jitter", ["full", "none"]))).toBe(
      'box: jitter must be one of full, none, got "ful" (did you mean full?)',
    );
  });
});

describe("a missing option", () => {
  it.each([
    [{ limt: 3, jitter: "x" }, "limt is given: did you mean limit?"],
    [{ per: 3, jitter: "x" }, "given: per, jitter"],
  ])("names what was given instead: %j", (options, hint) => {
    const read = readOptions<Options>("box", options as Options);
    expect(messageOf(() => read.whole("limit"))).toBe(
      `box: limit must be a whole number from 0 to 9007199254740991, got undefined (${hint})`,
    );
  });
});

describe("raw and end", () => {
  it("gives an option as it is", () => {
    const options = { jitter: { kind: "own" } };
    expect(readOptions<Options>("box", options).raw("jitter")).toBe(options.jitter);
  });

  it("rejects an option that nobody read, and names those that are known", () => {
    const read = readOptions<Options>("box", { limit: 1, limt: 2 } as Options);
    read.whole("limit");
    read.raw("jitter");
    expect(messageOf(() => read.end())).toBe("box: unknown option limt (did you mean limit?)");
  });

  it("rejects a misspelled option also when it is undefined", () => {
    const read = readOptions<Options>("box", { limt: undefined } as Options);
    expect(messageOf(() => read.end())).toBe("box: unknown option limt");
  });

  it("accepts what was read, given or not", () => {
    const read = readOptions<Options>("box", { limit: 1 });
    read.whole("limit");
    read.raw("jitter");
    read.checked("factor", "anything", () => true);
    expect(() => read.end()).not.toThrow();
  });

  it.each([undefined, null, "limit", 5, [{ limit: 1 }]])(
    "refuses options that are no object: %j",
    (options) => {
      expect(messageOf(() => readOptions("box", options as unknown as object))).toMatch(
        /^box: options must be an object, got /,
      );
    },
  );

  it("names the option in the error by the key that was read", () => {
    try {
      whole(-1);
      expect.unreachable();
    } catch (error) {
      expect(isPolicyOptionsError(error) && error.option).toBe("limit");
      expect(isPolicyOptionsError(error) && error.allowed).toBe(
        "a whole number from 0 to 9007199254740991",
      );
    }
  });
});
