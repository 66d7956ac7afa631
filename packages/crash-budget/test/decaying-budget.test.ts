// One row per rule and edge, written as in crash-budget.test.ts.

import { describe, expect, test } from "vitest";
import { type DecayingBudgetOptions, decayingBudget } from "../src/index.js";
import {
  answers,
  ask,
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

const hold: DecayingBudgetOptions = { halfLifeMs: 1_000, threshold: 2, pauseMs: 500 };
const delay: DecayingBudgetOptions = { ...hold, onTrip: "delay" };

type Row = [why: string, DecayingBudgetOptions, TimedEvent[], (number | string)[]];

describe.each(["hold", "delay"] as const)("the score, with %s", (onTrip) => {
  const options = { ...hold, onTrip, threshold: 100 };
  test.each<[string, TimedEvent[], number]>([
    ["nothing happened", story([0, start]), 0],
    ["the first failure", story([5, crash]), 1],
    ["two at one instant", story([5, crash, crash]), 2],
    ["one half-life apart", story([0, crash], [1_000, crash]), 1.5],
    ["two half-lives apart", story([0, crash], [2_000, crash]), 1.25],
    ["between failures it is not touched", story([0, crash], [5_000, restart]), 1],
    ["a completion does not count", story([0, crash, completion]), 1],
    ["healthy does nothing", story([0, crash, healthy]), 1],
    ["reset forgets", story([0, crash, reset]), 0],
    ["the clock went back: nothing fades", story([1_000, crash], [0, crash]), 2],
    ["two thousand half-lives later nothing is left", story([0, crash], [2e6, crash]), 1],
  ])("%s", (_, events, score) => {
    expect(run(decayingBudget(options), events).state.score).toBe(score);
  });

  test("half-life 0: the score is never above 1", () => {
    const policy = decayingBudget({ ...options, halfLifeMs: 0 });
    expect(run(policy, story([0, crash, crash, crash])).state.score).toBe(1);
  });

  test("a score cannot overflow", () => {
    const policy = decayingBudget({ ...options, threshold: Number.MAX_SAFE_INTEGER });
    const state = policy.parse(
      { score: Number.MAX_VALUE, failedAt: 0, pausedAt: null, drawnMs: null },
      0,
    );
    expect(Number.isFinite(policy.step(state, crash, 0)[0].score)).toBe(true);
  });

  test("a failure that changes nothing gives back the same state", () => {
    const policy = decayingBudget({ ...options, halfLifeMs: 0 });
    const { state } = run(policy, story([5, crash]));
    expect(policy.step(state, crash, 5)[0]).toBe(state);
  });
});

describe("hold", () => {
  test.each<Row>([
    [
      "at the threshold nothing happens: it must be above",
      hold,
      story([0, crash, restart, crash, restart]),
      [0, 0],
    ],
    [
      "above it restarts are refused to the end of the pause",
      hold,
      story([0, crash, crash, crash, restart], [499, restart], [500, restart]),
      ["!500", "!1", 0],
    ],
    [
      "after the pause everything is forgotten",
      hold,
      story([0, crash, crash, crash], [500, crash, restart, crash, restart, crash, restart]),
      [0, 0, "!500"],
    ],
    [
      "also if nobody asked in between",
      hold,
      story([0, crash, crash, crash], [500, crash], [500, crash, restart]),
      [0],
    ],
    [
      "a failure in the pause that leaves the score above begins it anew",
      hold,
      story([0, crash, crash, crash], [400, crash, restart], [500, restart], [900, restart]),
      ["!500", "!400", 0],
    ],
    [
      "one that does not leaves the pause as it is",
      { ...hold, pauseMs: 5_000 },
      story([0, crash, crash, crash], [4_000, crash, restart]),
      ["!1000"],
    ],
    [
      "threshold below 1: every failure pauses",
      { ...hold, threshold: 0.9 },
      story([0, crash, restart], [500, crash, restart]),
      ["!500", "!500"],
    ],
    ["threshold 0, too", { ...hold, threshold: 0 }, story([0, crash, restart]), ["!500"]],
    [
      "threshold 1 with half-life 0 never pauses",
      { ...hold, threshold: 1, halfLifeMs: 0 },
      story([0, crash, crash, crash, restart]),
      [0],
    ],
    ["pause 0 is none", { ...hold, pauseMs: 0 }, story([0, crash, crash, crash, restart]), [0]],
    ["start and operator pass", hold, story([0, crash, crash, crash, start, operator]), [0, 0]],
    [
      "a completed sibling waits, too",
      hold,
      story([0, crash, crash, crash], [100, completion, restart]),
      ["!400"],
    ],
    ["reset ends the pause", hold, story([0, crash, crash, crash, reset, restart]), [0]],
    ["healthy does not", hold, story([0, crash, crash, crash, healthy, restart]), ["!500"]],
    [
      "the clock went back: the whole pause is left",
      hold,
      story([900, crash, crash, crash], [100, restart]),
      ["!500"],
    ],
    [
      "the longest pause",
      { ...hold, pauseMs: Number.MAX_SAFE_INTEGER },
      story([0, crash, crash, crash, restart]),
      [`!${Number.MAX_SAFE_INTEGER}`],
    ],
  ])("%s", (_, options, events, expected) => {
    expect(answers(decayingBudget(options), events)).toEqual(expected);
  });

  test("a refusal says why", () => {
    const { decisions } = run(decayingBudget(hold), story([0, crash, crash, crash, restart]));
    expect(decisions.at(-1)).toEqual({ type: "refuse", reason: "crash-storm", retryAfterMs: 500 });
  });

  test("the defaults are suture's: the sixth failure at one instant pauses for 15 s", () => {
    const six = Array.from({ length: 6 }, () => [0, crash, restart] as const);
    expect(answers(decayingBudget(), story(...six))).toEqual([0, 0, 0, 0, 0, "!15000"]);
    const pauses = [0, 1_000, 2_000, 3_000, 4_000, 5_000].map(
      (at) => [at, crash, restart] as const,
    );
    expect(answers(decayingBudget(), story(...pauses))).toEqual([0, 0, 0, 0, 0, "!15000"]);
  });
});

describe("delay", () => {
  const spread: DecayingBudgetOptions = { ...delay, jitter: { low: 0.5, high: 1.5 } };
  test.each<Row>([
    [
      "above the threshold the launch comes after the pause",
      delay,
      story([0, crash, restart, crash, restart, crash, restart]),
      [0, 0, 500],
    ],
    [
      "asked later is shorter",
      delay,
      story([0, crash, crash, crash, restart], [100, restart], [500, restart], [501, restart]),
      [500, 400, 0, 0],
    ],
    [
      "the score is 0 at once: two more failures do not trip",
      delay,
      story([0, crash, crash, crash], [500, crash, restart, crash, restart, crash, restart]),
      [0, 0, 500],
    ],
    [
      "a failure in the pause waits for its end",
      delay,
      story([0, crash, crash, crash], [400, crash, restart]),
      [100],
    ],
    [
      "three of them begin it anew",
      delay,
      story([0, crash, crash, crash], [400, crash, crash, crash, restart]),
      [500],
    ],
    ["start and operator pass", delay, story([0, crash, crash, crash, start, operator]), [0, 0]],
    [
      "half-life 0 with a threshold below 1: every failure",
      { ...delay, halfLifeMs: 0, threshold: 0.5 },
      story([0, crash, restart], [9_999, crash, restart]),
      [500, 500],
    ],
    ["jitter: the lowest draw", spread, story([0, crash, crash, crash, ask("restart", 0)]), [250]],
    ["jitter: a middling one", spread, story([0, crash, crash, crash, ask("restart", 0.5)]), [500]],
    [
      "jitter: asked later is shorter",
      spread,
      story([0, crash, crash, crash, ask("restart", 0.75)], [600, ask("restart", 0.75)]),
      [625, 25],
    ],
    [
      "jitter: the first who asks draws for all that follow in this pause",
      spread,
      story([0, crash, crash, crash, ask("restart", 0), ask("restart", 0.75)]),
      [250, 250],
    ],
    [
      "jitter: a pause that was drawn short is over then, also for the next failure",
      spread,
      story(
        [0, crash, crash, crash, ask("restart", 0)],
        [249, crash, ask("restart", 0.75)],
        [251, crash, ask("restart", 0.75)],
      ),
      [250, 1, 0],
    ],
    [
      "jitter: drawn in one pause, drawn anew in the next",
      spread,
      story(
        [0, crash, crash, crash, ask("restart", 0)],
        [300, crash, crash, crash, ask("restart", 0.75)],
      ),
      [250, 625],
    ],
  ])("%s", (_, options, events, expected) => {
    expect(answers(decayingBudget(options), events)).toEqual(expected);
  });
});

describe("every option matters: another value of it changes a decision", () => {
  const events = story(
    [0, crash, restart, crash, restart],
    [1_000, crash, restart],
    [1_499, ask("restart", 0.75)],
    [1_600, crash, restart, crash, restart],
  );
  test.each<[string, DecayingBudgetOptions, DecayingBudgetOptions]>([
    ["halfLifeMs", hold, { ...hold, halfLifeMs: 1_001 }],
    ["threshold", { ...hold, threshold: 1.9 }, hold],
    ["pauseMs", { ...hold, threshold: 1.9 }, { ...hold, threshold: 1.9, pauseMs: 499 }],
    ["onTrip", { ...hold, threshold: 1.9 }, { ...delay, threshold: 1.9 }],
    [
      "jitter",
      { ...delay, threshold: 1.9 },
      { ...delay, threshold: 1.9, jitter: { low: 0, high: 1 } },
    ],
  ])("%s", (_, a, b) => {
    expect(answers(decayingBudget(b), events)).not.toEqual(answers(decayingBudget(a), events));
  });
});

describe("a restart leaves nothing behind, and the same reference,", () => {
  const spread: DecayingBudgetOptions = { ...delay, jitter: { low: 0.5, high: 1.5 } };
  test.each<[string, DecayingBudgetOptions, TimedEvent[]]>([
    ["where nothing is drawn", delay, story([0, crash, crash, crash])],
    ["where there is no pause to be drawn", spread, story([0, crash])],
  ])("%s", (_, options, events) => {
    const budget = decayingBudget(options);
    const { state } = run(budget, events);
    expect(budget.step(state, restart, 100)[0]).toBe(state);
  });
});
