import { describe, expect, it } from "vitest";
import { revoked, trap } from "../../../config/testing/strange-values.ts";
import { isPolicyStateError, PolicyStateError, readState, within } from "../src/index.js";

const MAX = Number.MAX_SAFE_INTEGER;

function faultOf(run: () => unknown): PolicyStateError {
  try {
    run();
  } catch (error) {
    if (isPolicyStateError(error)) return error;
    throw error;
  }
  throw new Error("nothing was wrong");
}

describe("readState", () => {
  it.each([undefined, null, 1, "x", true, [], [1]])("refuses %j: not an object", (raw) => {
    const { path, expected } = faultOf(() => readState(raw));
    expect([path, expected]).toEqual(["", "an object"]);
  });

  it("says what was there, whatever it was", () => {
    expect(faultOf(() => readState([1])).got).toBe("[1]");
    expect(faultOf(() => readState({ n: trap() }).whole("n")).got).toBe("an object");
    expect(faultOf(() => readState({ n: revoked() }).whole("n")).got).toBe("an object");
  });

  it("gives a field as it is", () => {
    expect(readState({ n: "x" }).raw("n")).toBe("x");
  });
});

describe("whole", () => {
  it.each([
    [0, undefined, undefined],
    [MAX, undefined, undefined],
    [3, 3, 3],
    [-4, -4, undefined],
  ])("takes %d within %s and %s", (n, min, max) => {
    expect(readState({ n }).whole("n", min, max)).toBe(n);
  });

  it.each([
    [-1, undefined, undefined],
    [MAX + 1, undefined, undefined],
    [0.5, undefined, undefined],
    [Number.NaN, undefined, undefined],
    ["1", undefined, undefined],
    [null, undefined, undefined],
    [undefined, undefined, undefined],
    [2, 3, 5],
    [6, 3, 5],
  ])("refuses %s within %s and %s", (n, min, max) => {
    const fault = faultOf(() => readState({ n }).whole("n", min, max));
    expect(fault.path).toBe("n");
    expect(fault.expected).toBe(`a whole number from ${min ?? 0} to ${max ?? MAX}`);
  });
});

describe("instant", () => {
  it.each([
    [4, 10, 4],
    [10, 10, 10],
    [11, 10, 10],
    [-7, 10, -7],
    [null, 10, null],
  ])("reads %s at now=%d as %s", (at, now, read) => {
    expect(readState({ at }).instant("at", now)).toBe(read);
  });

  it.each([0.5, "1", undefined, Number.NaN, MAX + 1])("refuses %s", (at) => {
    expect(faultOf(() => readState({ at }).instant("at", 10)).expected).toBe(
      "a whole number or null",
    );
  });
});

describe("finite", () => {
  it.each([0, 0.25, Number.MAX_VALUE])("takes %d", (n) => {
    expect(readState({ n }).finite("n")).toBe(n);
  });

  it.each([-0.25, Number.NaN, Number.POSITIVE_INFINITY, "1", null])("refuses %s", (n) => {
    expect(faultOf(() => readState({ n }).finite("n")).expected).toBe(
      "a finite number from 0 to 1.7976931348623157e+308",
    );
  });
});

it("reads -0, which JSON.parse can make, as 0", () => {
  const read = readState(JSON.parse('{"n":-0}'));
  for (const zero of [read.whole("n"), read.finite("n"), read.instant("n", 5)]) {
    expect(Object.is(zero, 0)).toBe(true);
  }
});

describe("oneOf", () => {
  const words = ["failed", true, null] as const;

  it.each(words)("takes %j", (word) => {
    expect(readState({ word }).oneOf("word", words)).toBe(word);
  });

  it.each(["ended", false, undefined, 0])("refuses %j", (word) => {
    expect(faultOf(() => readState({ word }).oneOf("word", words)).expected).toBe(
      "one of failed, true, null",
    );
  });
});

describe("checked", () => {
  const isText = (value: unknown) => typeof value === "string";

  it("gives what passes", () => {
    expect(readState({ at: "x" }).checked("at", "a text", isText)).toBe("x");
  });

  it.each([undefined, 5])("refuses %j, and says what was expected and got", (at) => {
    const { path, expected, got } = faultOf(() =>
      readState({ at }).checked("at", "a text", isText),
    );
    expect([path, expected, got]).toEqual(["at", "a text", String(at)]);
  });
});

describe("within", () => {
  const fail = (path: string) => () => {
    throw new PolicyStateError(path, "a whole number", '"x"');
  };

  it.each([
    ["[2]", "", "[2]"],
    ["[2]", "n", "[2].n"],
    ["[2]", "[0]", "[2][0]"],
    ["inner", "n", "inner.n"],
    ["inner", "[0].n", "inner[0].n"],
  ])("puts %j in front of %j", (place, path, whole) => {
    const fault = faultOf(() => within(place, fail(path)));
    expect(fault.path).toBe(whole);
    expect(fault.expected).toBe("a whole number");
    expect(fault.got).toBe('"x"');
  });

  it("gives back what the part gives", () => {
    expect(within("x", () => 5)).toBe(5);
  });

  it("lets other errors through untouched", () => {
    const error = new Error("mine");
    expect(() =>
      within("x", () => {
        throw error;
      }),
    ).toThrow(error);
  });
});
