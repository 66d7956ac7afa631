import { isPolicyOptionsError } from "@steadfast/policy";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import {
  type CheckOptions,
  checkSettings,
  skipped,
  trySettings,
} from "../../src/kernel/settings.js";

const laws = [{ name: "a" }, { name: "b" }, { name: "c" }];
const read = (options: CheckOptions) => checkSettings("check", options, laws, ["own"]);
const before = fc.readConfigureGlobal();

afterEach(() => {
  fc.configureGlobal(before);
});

describe("runs and seed", () => {
  it("are those given, else fast-check's own, else 200 and 20261121", () => {
    expect(read({ runs: 3, seed: -5 })).toMatchObject({ runs: 3, seed: -5 });
    fc.configureGlobal({ numRuns: 12, seed: 34 });
    expect(read({})).toMatchObject({ runs: 12, seed: 34 });
    expect(read({ runs: 3 })).toMatchObject({ runs: 3, seed: 34 });
    fc.resetConfigureGlobal();
    expect(read({})).toMatchObject({ runs: 200, seed: 20_261_121 });
  });

  it.each([
    ["runs", 0],
    ["runs", 1_000_001],
    ["runs", 1.5],
    ["runs", Number.NaN],
    ["seed", 2 ** 31],
    ["seed", -(2 ** 31) - 1],
    ["seed", 0.5],
  ])("%s of %d is refused", (option, value) => {
    expect(() => read({ [option]: value })).toThrow(
      expect.toSatisfy(
        (error) =>
          isPolicyOptionsError(error) && error.option === option && `${error.message}` !== "",
      ),
    );
  });

  it.each([
    ["runs", 1],
    ["runs", 1_000_000],
    ["seed", 2 ** 31 - 1],
    ["seed", -(2 ** 31)],
  ])("%s of %d is the last that is not", (option, value) => {
    expect(read({ [option]: value })).toMatchObject({ [option]: value });
  });
});

describe("which laws are tried", () => {
  const reasons = (options: CheckOptions) => {
    const settings = read(options);
    return laws.map((law) => {
      const result = skipped(law, settings);
      return result?.verdict === "not-run" ? result.reason : null;
    });
  };

  it.each<[CheckOptions, (string | null)[]]>([
    [{}, [null, null, null]],
    [{ only: ["b"] }, ["not among `only`", null, "not among `only`"]],
    [{ only: [] }, ["not among `only`", "not among `only`", "not among `only`"]],
    [{ skip: { a: "by design" } }, ["by design", null, null]],
    [{ only: ["a", "b"], skip: { a: "by design" } }, ["by design", null, "not among `only`"]],
  ])("%j", (options, expected) => {
    expect(reasons(options)).toEqual(expected);
  });

  it.each<[string, CheckOptions]>([
    ["only", { only: ["d"] }],
    ["skip", { skip: { d: "x" } }],
    ["regressions", { regressions: [{ law: "d", input: 1 }] }],
    ["replay", { replay: { law: "d", seed: 1, path: "0" } }],
  ])("the name of a law that there is not is refused: %s", (option, options) => {
    expect(() => read(options)).toThrow(
      `check: ${option} must be the name of a law (a, b, c), got "d"`,
    );
  });
});

describe("what one law is tried with", () => {
  it("is its own regressions, in order, and its own replay", () => {
    const settings = read({
      runs: 9,
      seed: 8,
      regressions: [
        { law: "a", input: 1 },
        { law: "b", input: 2 },
        { law: "a", input: 3 },
      ],
      replay: { law: "b", seed: 5, path: "1:2" },
    });
    expect(trySettings({ name: "a" }, settings)).toEqual({
      runs: 9,
      seed: 8,
      kept: [1, 3],
      replay: null,
    });
    expect(trySettings({ name: "b" }, settings)).toMatchObject({
      kept: [2],
      replay: { seed: 5, path: "1:2" },
    });
  });
});

it("refuses an option that is not known, and names the nearest", () => {
  const given = (options: object) => () => read(options as CheckOptions);
  expect(given({ own: 5, runs: 3 })).not.toThrow();
  expect(given({ run: 3 })).toThrow("check: unknown option run (did you mean runs?)");
  expect(given({ ownn: 5 })).toThrow("check: unknown option ownn (did you mean own?)");
  expect(given(null as never)).toThrow("check: options must be an object, got null");
});
