import { describe, expect, test } from "vitest";
import {
  type BackoffOptions,
  backoff,
  constant,
  decorrelated,
  exponential,
  type Jitter,
  linear,
  proportional,
  steps,
  table,
} from "../src/index.js";

/** Calls a factory as plain JavaScript would, types or no types. */
const withBad = (factory: (options: never) => unknown, options: unknown) => () =>
  factory(options as never);

const nan = Number.NaN;
const infinite = Number.POSITIVE_INFINITY;

describe("a bad option is an error that names it and the value got", () => {
  test.each<[answer: unknown, got: string]>([
    [undefined, "undefined"],
    [null, "null"],
    ["5", '"5"'],
    [5n, "5n"],
    [Number.NaN, "NaN"],
    [{}, "{}"],
  ])("a curve that answers %s is told what it answered", (answer, got) => {
    const curve = () => answer as number;
    expect(() => backoff({ curve })).toThrow(
      `backoff: curve must be a function to numbers of at least 0, got ${got}`,
    );
  });

  test("also where it answers that later, from step", () => {
    const policy = backoff({ curve: (n) => (n < 2 ? 5 : (undefined as unknown as number)) });
    const state = { ...policy.initial(), count: 2, since: 0 };
    const ask = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
    expect(() => policy.step(state, ask, 0)).toThrow(
      "backoff: curve must be a function to numbers of at least 0, got undefined",
    );
  });

  test.each([[undefined], [Number.NaN], [-1]])(
    "a jitter that answers %s is told what it answered",
    (answer) => {
      const jitter = { describe: "mine", spread: () => answer as number };
      expect(() => backoff({ jitter })).toThrow(
        `backoff: jitter must be a function to numbers of at least 0, got ${answer}`,
      );
    },
  );

  test.each([[null], [{}]])("jitter %j is none", (jitter) => {
    const allowed = "none, full, equal or a jitter";
    const message = `backoff: jitter must be ${allowed}, got ${JSON.stringify(jitter)}`;
    expect(() => backoff({ jitter: jitter as unknown as Jitter })).toThrow(message);
  });

  test.each<[(options: never) => unknown, unknown, string]>([
    [backoff, null, "options"],
    [backoff, "fast", "options"],
    [backoff, { initialMs: -1 }, "initialMs"],
    [backoff, { initialMs: nan }, "initialMs"],
    [backoff, { initialMs: infinite }, "initialMs"],
    [backoff, { initialMs: 2 ** 53 }, "initialMs"],
    [backoff, { initialMs: "200" }, "initialMs"],
    [backoff, { factor: 0.999 }, "factor"],
    [backoff, { factor: nan }, "factor"],
    [backoff, { factor: infinite }, "factor"],
    [backoff, { capMs: -0.5 }, "capMs"],
    [backoff, { capMs: infinite }, "capMs"],
    [backoff, { jitter: "some" }, "jitter"],
    [backoff, { jitter: "toString" }, "jitter"],
    [backoff, { jitter: ["full"] }, "jitter"],
    [backoff, { jitter: { low: 1, high: 2 } }, "jitter"],
    [backoff, { jitter: 0.5 }, "jitter"],
    [backoff, { resetAfterMs: 1.5 }, "resetAfterMs"],
    [backoff, { resetAfterMs: -1 }, "resetAfterMs"],
    [backoff, { counts: "exits" }, "counts"],
    [backoff, { from: "now" }, "from"],
    [backoff, { firstRestart: "never" }, "firstRestart"],
    [backoff, { firstRestart: "immediate" }, "counts"],
    [backoff, { curve: 5 }, "curve"],
    [backoff, { curve: null }, "curve"],
    [backoff, { curve: () => nan }, "curve"],
    [backoff, { curve: () => -1 }, "curve"],
    [backoff, { curve: () => undefined }, "curve"],
    [backoff, { curve: (n: number) => n, initialMs: 1 }, "initialMs"],
    [backoff, { curve: (n: number) => n, factor: 2 }, "factor"],
    [backoff, { curve: (n: number) => n, capMs: nan }, "capMs"],
    [backoff, { maxDelay: 5 }, "maxDelay"],
    [exponential, { factor: 0 }, "factor"],
    [exponential, { capFirst: "no" }, "capFirst"],
    [exponential, { jitter: "none" }, "jitter"],
    [constant, {}, "delayMs"],
    [constant, { delayMs: -1 }, "delayMs"],
    [constant, { delayMs: 2 ** 53 }, "delayMs"],
    [constant, { delayMs: 1, capMs: 2 }, "capMs"],
    [linear, { initialMs: 1 }, "incrementMs"],
    [linear, { initialMs: 1, incrementMs: -1 }, "incrementMs"],
    [linear, { initialMs: 2 ** 53, incrementMs: 1 }, "initialMs"],
    [linear, { initialMs: 1, incrementMs: 2 ** 53 }, "incrementMs"],
    [linear, { initialMs: 1, incrementMs: 1, factor: 2 }, "factor"],
    [steps, { initialMs: 1, maxMs: 2 }, "steps"],
    [steps, { initialMs: 1, maxMs: infinite, steps: 2 }, "maxMs"],
    [steps, { initialMs: 1, steps: 2 }, "maxMs"],
    [steps, { initialMs: 1, maxMs: 2, steps: 1.5 }, "steps"],
    [steps, { initialMs: 2 ** 53, maxMs: 2, steps: 2 }, "initialMs"],
    [steps, { initialMs: 1, maxMs: 2 ** 53, steps: 2 }, "maxMs"],
    [steps, { initialMs: 1, maxMs: 2, steps: 2, capMs: 2 }, "capMs"],
    [table, [], "delaysMs"],
    [table, 5, "delaysMs"],
    [table, [1, -1], "delaysMs[1]"],
    [table, [nan], "delaysMs[0]"],
    [table, ["1"], "delaysMs[0]"],
    [table, [1, 2 ** 53], "delaysMs[1]"],
    [proportional, { low: 0.5 }, "high"],
    [proportional, { low: -0.1, high: 1 }, "low"],
    [proportional, { low: 1, high: 0.5 }, "high"],
    [proportional, { low: 1, high: 1_000_001 }, "high"],
    [proportional, { low: 1_000_001, high: 1_000_001 }, "low"],
    [proportional, { low: 1, high: 2, times: 3 }, "times"],
    [proportional, { low: 1, high: 2, capOrder: "first" }, "capOrder"],
    [decorrelated, { times: 0.5 }, "times"],
    [decorrelated, { factor: 3 }, "factor"],
  ])("%o with %j: %s", (factory, options, option) => {
    expect(withBad(factory, options)).toThrow(
      expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option }),
    );
  });

  test.each<[(options: never) => unknown, unknown, string]>([
    [
      backoff,
      { factor: 0.5 },
      "backoff: factor must be a finite number from 1 to 1.7976931348623157e+308, got 0.5",
    ],
    [
      backoff,
      { jitter: "some" },
      'backoff: jitter must be none, full, equal or a jitter, got "some"',
    ],
    [backoff, { curve: 5 }, "backoff: curve must be a function, got 5"],
    [
      backoff,
      { curve: () => -1 },
      "backoff: curve must be a function to numbers of at least 0, got -1",
    ],
    [
      backoff,
      { firstRestart: "immediate" },
      'backoff: counts must be "restarts" if the first is immediate, got "failures"',
    ],
    [
      constant,
      { delayMs: -1 },
      "constant: delayMs must be a finite number from 0 to 9007199254740991, got -1",
    ],
    [exponential, { factor: 0 }, "exponential: factor must be a finite number from 1 to"],
    [exponential, { capFirst: "no" }, 'exponential: capFirst must be true or false, got "no"'],
    [linear, { initialMs: 1 }, "linear: incrementMs must be a finite number from 0 to"],
    [steps, { initialMs: 1, maxMs: 2 }, "steps: steps must be a whole number from 0 to"],
    [table, [], "table: delaysMs must be an array of at least one delay, got []"],
    [table, [1, -1], "table: delaysMs[1] must be a number from 0 to 2^53-1, got -1"],
    [proportional, { low: 2, high: 1 }, "proportional: high must be a finite number from 2 to"],
    [decorrelated, { times: 0 }, "decorrelated: times must be a finite number from 1 to"],
  ])("%o with %j says: %3$s", (factory, options, message) => {
    expect(withBad(factory, options)).toThrow(message);
  });
});

describe("the description", () => {
  const rules = { resetAfterMs: null, counts: "failures", firstRestart: "delayed", from: "exit" };

  test.each<[string, BackoffOptions, object]>([
    [
      "of the defaults",
      {},
      {
        kind: "backoff",
        options: { initialMs: 200, factor: 2, capMs: 30_000, jitter: "full", ...rules },
        capMs: 30_000,
        timesMs: [200, 30_000],
      },
    ],
    [
      "of a constant: the longest delay is not the cap",
      { factor: 1, resetAfterMs: 5_000 },
      {
        kind: "backoff",
        options: {
          initialMs: 200,
          factor: 1,
          capMs: 30_000,
          jitter: "full",
          ...rules,
          resetAfterMs: 5_000,
        },
        capMs: 200,
        timesMs: [200, 200, 5_000],
      },
    ],
    [
      "of decorrelated jitter: factor 1 unless told otherwise",
      { initialMs: 100, jitter: decorrelated() },
      {
        kind: "backoff",
        options: {
          initialMs: 100,
          factor: 1,
          capMs: 30_000,
          jitter: { kind: "decorrelated", times: 3 },
          ...rules,
        },
        capMs: 30_000,
        timesMs: [100, 30_000],
      },
    ],
    [
      "of a jitter that exceeds the cap",
      { jitter: proportional({ low: 0.5, high: 1.5, capOrder: "before-jitter" }) },
      {
        kind: "backoff",
        options: {
          initialMs: 200,
          factor: 2,
          capMs: 30_000,
          jitter: { kind: "proportional", low: 0.5, high: 1.5, capOrder: "before-jitter" },
          ...rules,
        },
        capMs: 45_000,
        timesMs: [200, 45_000],
      },
    ],
    [
      "of a curve with an end",
      { curve: table([1.5, 20]), jitter: "none" },
      {
        kind: "backoff",
        options: {
          curve: { kind: "table", options: { delaysMs: [1.5, 20] }, longestMs: 20 },
          capMs: Number.MAX_SAFE_INTEGER,
          jitter: "none",
          ...rules,
        },
        capMs: 20,
        timesMs: [2, 20],
      },
    ],
    [
      "of a curve of one's own, uncapped: there is no longest delay",
      { curve: (n) => n, jitter: "none" },
      {
        kind: "backoff",
        options: {
          curve: { kind: "custom" },
          capMs: Number.MAX_SAFE_INTEGER,
          jitter: "none",
          ...rules,
        },
        timesMs: [1],
      },
    ],
  ])("%s", (_, options, about) => {
    expect(backoff(options).describe).toEqual(about);
  });

  test("no option is shared with the caller's object", () => {
    const options = { initialMs: 5 };
    const policy = backoff(options);
    options.initialMs = 6;
    expect(policy.describe.options).toHaveProperty("initialMs", 5);
  });
});
