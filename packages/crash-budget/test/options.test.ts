import { describe, expect, test } from "vitest";
import { crashBudget, decayingBudget } from "../src/index.js";

const MAX = Number.MAX_SAFE_INTEGER;

/** Calls a factory as plain JavaScript would, types or no types. */
const withBad = (factory: (options: never) => unknown, options: unknown) => () =>
  factory(options as never);

describe("a bad option is an error that names it and the value got", () => {
  test.each<[(options: never) => unknown, unknown, string]>([
    [crashBudget, null, "options"],
    [crashBudget, 3, "options"],
    [crashBudget, { retries: -1 }, "retries"],
    [crashBudget, { retries: 0.5 }, "retries"],
    [crashBudget, { retries: Number.POSITIVE_INFINITY }, "retries"],
    [crashBudget, { windowMs: -1 }, "windowMs"],
    [crashBudget, { windowMs: 0.5 }, "windowMs"],
    [crashBudget, { windowMs: MAX, edge: "closed" }, "windowMs"],
    [crashBudget, { retryDelayMs: -1 }, "retryDelayMs"],
    [crashBudget, { retryDelayMs: Number.NaN }, "retryDelayMs"],
    [crashBudget, { retryDelayMs: Number.POSITIVE_INFINITY }, "retryDelayMs"],
    [crashBudget, { counts: "restarts" }, "counts"],
    [crashBudget, { edge: "open" }, "edge"],
    [crashBudget, { onHealthy: "reset" }, "onHealthy"],
    [crashBudget, { limit: 5 }, "limit"],
    [decayingBudget, null, "options"],
    [decayingBudget, { halfLifeMs: -1 }, "halfLifeMs"],
    [decayingBudget, { halfLifeMs: Number.POSITIVE_INFINITY }, "halfLifeMs"],
    [decayingBudget, { threshold: -0.1 }, "threshold"],
    [decayingBudget, { threshold: Number.NaN }, "threshold"],
    [decayingBudget, { pauseMs: 0.5 }, "pauseMs"],
    [decayingBudget, { onTrip: "stop" }, "onTrip"],
    [decayingBudget, { onTrip: "delay", jitter: null }, "options"],
    [decayingBudget, { onTrip: "delay", jitter: { low: 2, high: 1 } }, "high"],
    [decayingBudget, { onTrip: "delay", jitter: { low: -1, high: 1 } }, "low"],
    [decayingBudget, { onTrip: "delay", jitter: { low: 1, high: 1_000_001 } }, "high"],
    [decayingBudget, { onTrip: "delay", jitter: { low: 1_000_001, high: 1_000_001 } }, "low"],
    [decayingBudget, { onTrip: "delay", jitter: { low: 1, high: 1, mid: 1 } }, "mid"],
    [decayingBudget, { jitter: { low: 0.5, high: 1.5 } }, "jitter"],
    [decayingBudget, { jitter: { low: 0.5, high: 1 } }, "jitter"],
    [decayingBudget, { jitter: { low: 1, high: 2 } }, "jitter"],
    [decayingBudget, { decayMs: 5 }, "decayMs"],
  ])("%o with %j: %s", (factory, options, option) => {
    expect(withBad(factory, options)).toThrow(
      expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option }),
    );
  });

  test("the message says the factory, the option, the allowed range and the value got", () => {
    expect(() => crashBudget({ windowMs: 0.5 })).toThrow(
      "crashBudget: windowMs must be a whole number from 0 to 9007199254740991, got 0.5",
    );
    expect(() => decayingBudget({ pauseMs: -1 })).toThrow(
      "decayingBudget: pauseMs must be a whole number from 0 to 9007199254740991, got -1",
    );
    expect(() => decayingBudget({ onTrip: "delay", jitter: { low: -1, high: 1 } })).toThrow(
      "decayingBudget: jitter: low must be a finite number from 0 to 1000000, got -1",
    );
    expect(() => decayingBudget({ jitter: { low: 0, high: 1 } })).toThrow(
      'decayingBudget: jitter must be left out with "hold", got {"low":0,"high":1}',
    );
  });
});

test("the descriptions hold the options in force", () => {
  expect(crashBudget().describe).toEqual({
    kind: "crashBudget",
    options: {
      retries: 1,
      windowMs: 30_000,
      retryDelayMs: 250,
      counts: "failures",
      edge: "half-open",
      onHealthy: "forget",
    },
    windowMs: 30_000,
    capMs: 250,
    timesMs: [30_000, 250],
  });
  expect(decayingBudget().describe).toEqual({
    kind: "decayingBudget",
    options: {
      halfLifeMs: 30_000,
      threshold: 5,
      pauseMs: 15_000,
      onTrip: "hold",
      jitter: { low: 1, high: 1 },
    },
    capMs: 0,
    timesMs: [30_000, 15_000, 15_000],
  });
  const spread = decayingBudget({ onTrip: "delay", jitter: { low: 0.5, high: 1.5 } });
  expect(spread.describe).toMatchObject({ capMs: 22_500, timesMs: [30_000, 15_000, 22_500] });
  // A test cannot wait for 2^53-1 ms.
  expect(decayingBudget({ pauseMs: MAX }).describe.timesMs).toEqual([30_000]);
});
