// One row per rule and edge: what happened, what is answered, and why. Answers are those of all
// requests of a story: a number is a delay, `!n` a refusal for n ms.

import { describe, expect, test } from "vitest";
import { type CrashBudgetOptions, crashBudget } from "../src/index.js";
import {
  answers,
  completion,
  crash,
  healthy,
  operator,
  reset,
  restart,
  run,
  start,
  story,
  type TimedEvent,
} from "./events.js";

const MAX = Number.MAX_SAFE_INTEGER;
const one: CrashBudgetOptions = { retries: 1, windowMs: 1_000, retryDelayMs: 100 };
const two: CrashBudgetOptions = { ...one, retries: 2 };
const none: CrashBudgetOptions = { ...one, retries: 0 };

type Row = [why: string, CrashBudgetOptions, TimedEvent[], (number | string)[]];

describe("counting failures", () => {
  test.each<Row>([
    ["start launches at once", one, story([0, start]), [0]],
    ["a restart with no exit launches at once", one, story([0, restart]), [0]],
    ["the first crash is retried after the delay", one, story([0, crash, restart]), [100]],
    [
      "the second is refused to the window's end",
      one,
      story([0, crash, restart], [400, crash, restart]),
      [100, "!600"],
    ],
    ["one before the end", one, story([0, crash, restart], [999, crash, restart]), [100, "!1"]],
    [
      "a crash at the end opens the next window",
      one,
      story([0, crash, restart], [1_000, crash, restart]),
      [100, 100],
    ],
    [
      "which is as long again",
      one,
      story([0, crash], [1_000, crash], [1_999, crash, restart], [2_000, crash, restart]),
      ["!1", 100],
    ],
    [
      "refused crashes do not move the window",
      one,
      story([0, crash], [500, crash], [999, crash], [1_000, crash, restart]),
      [100],
    ],
    [
      "two retries",
      two,
      story([0, crash, restart], [1, crash, restart], [2, crash, restart]),
      [100, 100, "!998"],
    ],
    [
      "no retries: refused to the window's end",
      none,
      story([7, crash, restart], [1_007, restart]),
      ["!1000", 0],
    ],
    [
      "a refused child that waited is let go at the end",
      one,
      story([0, crash], [400, crash, restart], [999, restart], [1_000, restart]),
      ["!600", "!1", 0],
    ],
    [
      "its retry delay runs from the exit",
      one,
      story([0, crash], [950, crash, restart], [1_000, restart], [1_050, restart]),
      ["!50", 50, 0],
    ],
    [
      "the launch at the end opens no window: the next crash does",
      one,
      story(
        [0, crash],
        [1, crash],
        [1_000, restart],
        [1_600, crash, restart],
        [2_000, crash, restart],
      ),
      [0, 100, "!600"],
    ],
    [
      "asked later is shorter",
      one,
      story([0, crash, restart], [30, restart], [99, restart], [100, restart], [101, restart]),
      [100, 70, 1, 0, 0],
    ],
    [
      "asked again costs nothing",
      one,
      story([0, crash, restart, restart, restart]),
      [100, 100, 100],
    ],
    [
      "an operator's launch passes, also when the budget is spent",
      one,
      story([0, crash, crash, operator, restart]),
      [0, "!1000"],
    ],
    [
      "a completion is no crash and costs nothing",
      one,
      story([0, completion, restart], [1, completion, restart], [2, crash, restart]),
      [100, 100, 100],
    ],
    [
      "but a spent budget refuses its restart, too",
      one,
      story([0, crash, crash], [10, completion, restart]),
      ["!990"],
    ],
    [
      "healthy forgets",
      one,
      story([0, crash], [5, healthy], [10, crash, restart], [11, crash, restart]),
      [100, "!999"],
    ],
    [
      "reset forgets",
      one,
      story([0, crash, crash], [5, reset, restart], [10, crash, restart]),
      [0, 100],
    ],
    [
      "window 0: every crash is retried",
      { ...one, windowMs: 0 },
      story([0, crash, restart, crash, restart, crash, restart]),
      [100, 100, 100],
    ],
    [
      "window 0 and no retries: every crash is retried all the same",
      { ...none, windowMs: 0 },
      story([0, crash, restart]),
      [100],
    ],
    [
      "a retry delay longer than the window",
      { ...one, retryDelayMs: 1_500 },
      story([0, crash, restart], [1_500, crash, restart]),
      [1_500, 1_500],
    ],
    [
      "a retry delay of 0",
      { ...one, retryDelayMs: 0 },
      story([0, crash, restart], [0, crash, restart]),
      [0, "!1000"],
    ],
    [
      "a retry delay is not rounded",
      { ...one, retryDelayMs: 0.5 },
      story([0, crash, restart], [1, restart]),
      [0.5, 0],
    ],
    [
      "the clock went back: the whole window is left",
      one,
      story([500, crash, restart], [200, crash, restart], [1_200, restart]),
      [100, "!1000", "!300"],
    ],
    [
      "the clock went back behind an exit: the whole delay is left",
      one,
      story([500, crash], [200, restart]),
      [100],
    ],
    [
      "the longest window",
      { ...one, windowMs: MAX },
      story([0, crash, crash, restart]),
      [`!${MAX}`],
    ],
    [
      "closed: exactly windowMs later is still in it",
      { ...one, edge: "closed" },
      story([0, crash], [1_000, crash, restart], [1_001, restart]),
      ["!1", 99],
    ],
    [
      "closed, window 0: what happens in the same millisecond",
      { ...one, windowMs: 0, edge: "closed" },
      story([5, crash, restart, crash, restart], [6, crash, restart]),
      [100, "!1", 100],
    ],
    [
      "closed, the longest window",
      { ...one, windowMs: MAX - 1, edge: "closed" },
      story([0, crash, crash, restart]),
      [`!${MAX}`],
    ],
  ])("%s", (_, options, events, expected) => {
    expect(answers(crashBudget(options), events)).toEqual(expected);
  });

  test("a refusal says why", () => {
    const { decisions } = run(crashBudget(one), story([0, crash, crash, restart]));
    expect(decisions.at(-1)).toEqual({
      type: "refuse",
      reason: "budget-spent",
      retryAfterMs: 1_000,
    });
  });

  test("crashes are counted up to 2^53-1 and stay there", () => {
    const policy = crashBudget(one);
    const state = policy.parse({ openedAt: 0, count: MAX, exitedAt: 0 }, 0);
    expect(policy.step(state, crash, 1)[0].count).toBe(MAX);
  });

  test("the defaults are 1 retry, 250 ms after the exit, in 30 s", () => {
    const events = story(
      [0, crash, restart],
      [2_000, crash, restart],
      [29_999, crash, restart],
      [30_000, crash, restart],
    );
    expect(answers(crashBudget(), events)).toEqual([250, "!28000", "!1", 250]);
  });
});

describe("onHealthy", () => {
  const events = story([0, crash], [600, healthy], [700, crash, restart], [1_200, crash, restart]);
  test.each<[NonNullable<CrashBudgetOptions["onHealthy"]>, (number | string)[]]>([
    // The crash at 700 opens a window, to 1700.
    ["forget", [100, "!500"]],
    // A window was opened at 600, to 1600.
    ["re-anchor", [100, "!400"]],
    // The window of the first crash ends at 1000.
    ["ignore", ["!300", 100]],
  ])("%s", (onHealthy, expected) => {
    expect(answers(crashBudget({ ...one, onHealthy }), events)).toEqual(expected);
  });

  test("a child that was seen running is owed no retry delay", () => {
    for (const onHealthy of ["forget", "re-anchor", "ignore"] as const) {
      const policy = crashBudget({ ...one, onHealthy });
      expect(answers(policy, story([0, crash], [1, healthy, restart]))).toEqual([0]);
    }
  });
});

describe("counting launches", () => {
  const three: CrashBudgetOptions = { ...one, retries: 2, counts: "launches", retryDelayMs: 0 };
  const zero: CrashBudgetOptions = { ...three, retries: 0 };

  test.each<Row>([
    [
      "the first launch counts: three in a window",
      three,
      story([0, start], [1, crash, restart], [2, crash, restart], [3, crash, restart]),
      [0, 0, 0, "!997"],
    ],
    [
      "at the end a launch opens the next window",
      three,
      story(
        [0, start, restart, restart],
        [999, restart],
        [1_000, restart, restart, restart, restart],
      ),
      [0, 0, 0, "!1", 0, 0, 0, "!1000"],
    ],
    [
      "refused launches do not count",
      zero,
      story([0, start, restart, restart], [1_000, restart]),
      [0, "!1000", "!1000", 0],
    ],
    [
      "an operator's launch counts and may be refused",
      zero,
      story([0, operator], [10, operator]),
      [0, "!990"],
    ],
    ["crashes do not count", three, story([0, start, crash, crash, crash, crash, restart]), [0, 0]],
    [
      "a restart after a completion counts",
      zero,
      story([0, start], [5, completion, restart]),
      [0, "!995"],
    ],
    [
      "the retry delay is for restarts only",
      { ...three, retryDelayMs: 100 },
      story([0, crash, operator, restart]),
      [0, 100],
    ],
    [
      "re-anchor: a window begins at the healthy instant",
      { ...zero, onHealthy: "re-anchor" },
      story([0, start], [600, healthy], [700, restart], [1_500, restart], [1_600, restart]),
      [0, 0, "!100", 0],
    ],
    [
      "forget: a window begins at the next launch",
      zero,
      story([0, start], [600, healthy], [700, restart], [1_600, restart]),
      [0, 0, "!100"],
    ],
    [
      "window 0 never refuses",
      { ...zero, windowMs: 0 },
      story([0, start, restart, operator]),
      [0, 0, 0],
    ],
  ])("%s", (_, options, events, expected) => {
    expect(answers(crashBudget(options), events)).toEqual(expected);
  });
});

// Found by the law about references, shrunk.
test("with window 0 a second launch at the same instant gives back the same state", () => {
  const policy = crashBudget({ windowMs: 0, counts: "launches" });
  const { state } = run(policy, story([0, restart]));
  expect(policy.step(state, restart, 0)[0]).toBe(state);
});

describe("every option matters: another value of it changes a decision", () => {
  const events = story(
    [0, start, crash, restart],
    [100, crash, restart],
    [200, crash, restart],
    [600, healthy],
    [900, crash, restart],
    [1_000, restart, restart],
    [1_200, healthy],
    [1_300, crash, crash, restart],
  );
  test.each<[string, CrashBudgetOptions, CrashBudgetOptions]>([
    ["retries", one, two],
    ["windowMs", one, { ...one, windowMs: 999 }],
    ["retryDelayMs", one, { ...one, retryDelayMs: 99 }],
    ["counts", one, { ...one, counts: "launches" }],
    ["edge", one, { ...one, edge: "closed" }],
    ["onHealthy: ignore", one, { ...one, onHealthy: "ignore" }],
    ["onHealthy: re-anchor", one, { ...one, onHealthy: "re-anchor" }],
  ])("%s", (_, a, b) => {
    expect(answers(crashBudget(b), events)).not.toEqual(answers(crashBudget(a), events));
  });
});
