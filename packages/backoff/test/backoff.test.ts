// One row per rule and edge: what happened, what is answered, and why.

import type { RestartDecision } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { type BackoffOptions, backoff, decorrelated } from "../src/index.js";
import {
  ask,
  completion,
  counted,
  crash,
  delayOf,
  healthy,
  reset,
  run,
  spawnFailure,
  type TimedEvent,
} from "./events.js";

const MAX = Number.MAX_SAFE_INTEGER;
const plain: BackoffOptions = { initialMs: 100, factor: 2, capMs: 1_000, jitter: "none" };
const restarts: BackoffOptions = { ...plain, counts: "restarts" };

/** Exits and facts, then a restart asked at the instant of the last of them. */
function answer(options: BackoffOptions, events: readonly TimedEvent[], draw = 0): RestartDecision {
  const policy = backoff(options);
  const { state } = run(policy, events);
  return policy.step(state, ask("restart", draw), events.at(-1)?.at ?? 0)[1];
}

const at = (instant: number, event: TimedEvent["event"]): TimedEvent => ({ at: instant, event });
const crashes = (n: number): TimedEvent[] => Array.from({ length: n }, () => at(0, crash()));
/** A crash whose restart was asked for and allowed. */
const restarted = (n: number): TimedEvent[] =>
  Array.from({ length: n }, () => [at(0, crash()), at(0, ask("restart"))]).flat();

describe("the delay of a restart asked at the exit", () => {
  test.each<[string, BackoffOptions, TimedEvent[], number]>([
    ["the first failure waits initialMs", plain, crashes(1), 100],
    ["the second waits factor times as long", plain, crashes(2), 200],
    ["the fourth is just below the cap", plain, crashes(4), 800],
    ["the fifth would be 1600 and is capped", plain, crashes(5), 1_000],
    ["the hundredth is capped", plain, crashes(100), 1_000],
    ["exactly the cap is the cap", { ...plain, capMs: 800 }, crashes(4), 800],
    ["one above the cap is the cap", { ...plain, capMs: 799 }, crashes(4), 799],
    ["a cap below initialMs wins", { ...plain, capMs: 99 }, crashes(1), 99],
    ["a cap of 0 is no delay", { ...plain, capMs: 0 }, crashes(3), 0],
    ["initialMs 0 stays 0", { ...plain, initialMs: 0 }, crashes(2_000), 0],
    ["factor 1 is constant", { ...plain, factor: 1 }, crashes(9), 100],
    ["a fraction is not rounded", { ...plain, factor: 1.25 }, crashes(3), 156.25],
    ["the factor may be the largest double", { ...plain, factor: 1e308 }, crashes(3), 1_000],
    ["a fresh state has nothing to wait from", plain, [], 0],
    ["a launch before is no exit", plain, [at(0, ask("start"))], 0],
    ["a completion is no failure, but waits: it must not spin", plain, [at(0, completion())], 100],
    ["a completion does not move along", plain, [...crashes(3), at(0, completion())], 400],
    ["a failed spawn is a failure", plain, [at(0, spawnFailure), at(0, spawnFailure)], 200],
    ["healthy forgives", plain, [...crashes(5), at(0, healthy), at(0, crash())], 100],
    ["reset forgives", plain, [...crashes(5), at(0, reset), at(0, crash())], 100],
    ["reset takes the running delay with it", plain, [...crashes(5), at(0, reset)], 0],
    ["an operator's launch does not forgive", plain, [...crashes(2), at(0, ask("operator"))], 200],
    ["uptime does not forgive by default", plain, [...crashes(4), at(0, crash(1e12))], 1_000],
  ])("%s", (_, options, events, delayMs) => {
    expect(answer(options, events)).toEqual({ type: "launch", delayMs });
  });

  const forgiving: BackoffOptions = { ...plain, resetAfterMs: 60_000 };
  test.each<[string, BackoffOptions, TimedEvent[], number]>([
    ["one below resetAfterMs: the failures go on", forgiving, [at(0, crash(59_999))], 800],
    ["exactly: this failure is the first", forgiving, [at(0, crash(60_000))], 100],
    ["one above, too", forgiving, [at(0, crash(60_001))], 100],
    ["a long run forgives also if it completed", forgiving, [at(0, completion(60_000))], 100],
    [
      "then the next crash is the first",
      forgiving,
      [at(0, completion(60_000)), ...crashes(1)],
      100,
    ],
    ["0 forgives at every exit", { ...forgiving, resetAfterMs: 0 }, [at(0, crash(0))], 100],
    [
      "but a failed spawn was no run: it is the second since the last crash",
      { ...forgiving, resetAfterMs: 0 },
      [at(0, spawnFailure)],
      200,
    ],
    ["null is off", { ...forgiving, resetAfterMs: null }, [at(0, crash(MAX))], 800],
    ["at 2^53-1 it is exact, too", { ...forgiving, resetAfterMs: MAX }, [at(0, crash(MAX))], 100],
  ])("after three failures and a run: %s", (_, options, events, delayMs) => {
    expect(answer(options, [...crashes(3), ...events])).toEqual({ type: "launch", delayMs });
  });
});

describe("counts: restarts", () => {
  test.each<[string, BackoffOptions, TimedEvent[], number]>([
    ["no restart yet: initialMs", restarts, crashes(1), 100],
    ["exits without a restart do not count", restarts, crashes(5), 100],
    ["one restart", restarts, [...restarted(1), at(0, crash())], 200],
    ["three restarts", restarts, [...restarted(3), at(0, crash())], 800],
    [
      "a restart after a completion counts",
      restarts,
      [at(0, completion()), at(0, ask("restart")), at(0, completion())],
      200,
    ],
    [
      "asked twice counts once",
      restarts,
      [...restarted(1), at(0, ask("restart")), at(0, crash())],
      200,
    ],
    [
      "an operator's launch is no restart",
      restarts,
      [at(0, crash()), at(0, ask("operator")), at(0, crash())],
      100,
    ],
    [
      "a long run forgives the restart that began it",
      { ...restarts, resetAfterMs: 10 },
      [...restarted(3), at(0, crash(10))],
      100,
    ],
  ])("%s", (_, options, events, delayMs) => {
    expect(answer(options, events)).toEqual({ type: "launch", delayMs });
  });

  const immediate: BackoffOptions = { ...restarts, firstRestart: "immediate" };
  test.each<[string, BackoffOptions, TimedEvent[], number]>([
    ["the first restart is at once", immediate, crashes(1), 0],
    ["the second waits initialMs", immediate, [...restarted(1), at(0, crash())], 100],
    ["the third waits twice that", immediate, [...restarted(2), at(0, crash())], 200],
    [
      "a child that completes does not spin",
      immediate,
      [at(0, completion()), at(0, ask("restart")), at(0, completion())],
      100,
    ],
    [
      "after a long run it is at once again",
      { ...immediate, resetAfterMs: 10 },
      [...restarted(3), at(0, crash(10))],
      0,
    ],
  ])("firstRestart immediate: %s", (_, options, events, delayMs) => {
    expect(answer(options, events)).toEqual({ type: "launch", delayMs });
  });

  test("a restart that another policy refused is rolled back and does not count", () => {
    const policy = backoff(restarts);
    const { state } = run(policy, crashes(1));
    policy.step(state, ask("restart"), 0);
    const [later] = policy.step(state, crash(), 5);
    expect(delayOf(policy, later, 5)).toBe(100);
  });
});

describe("where the delay runs from", () => {
  test.each<[string, BackoffOptions["from"], number, number]>([
    ["the exit: at it", "exit", 1_000, 100],
    ["the exit: one later", "exit", 1_001, 99],
    ["the exit: one before its end", "exit", 1_099, 1],
    ["the exit: at its end", "exit", 1_100, 0],
    ["the exit: long after", "exit", 1e12, 0],
    ["the exit: the clock went back", "exit", 900, 100],
    ["the launch: 30 of 100 are over at the exit", "launch", 1_000, 70],
    ["the launch: at its end", "launch", 1_070, 0],
    ["the request: not before it is asked", "request", 5_000, 100],
  ])("%s", (_, from, now, delayMs) => {
    const policy = backoff({ ...plain, ...(from && { from }) });
    const { state } = run(policy, [at(1_000, crash(30))]);
    expect(delayOf(policy, state, now)).toBe(delayMs);
  });

  test("the launch: a child that outlived the delay restarts at once", () => {
    expect(answer({ ...plain, from: "launch" }, [at(5_000, crash(100))])).toEqual({
      type: "launch",
      delayMs: 0,
    });
  });

  test("the launch: a failed spawn waits the whole delay", () => {
    expect(answer({ ...plain, from: "launch" }, [at(5_000, spawnFailure)])).toEqual({
      type: "launch",
      delayMs: 100,
    });
  });

  test("the request: asked again, the delay runs from the first time; after another exit, anew", () => {
    const policy = backoff({ ...plain, from: "request" });
    const asked = run(policy, [at(0, crash()), at(5_000, ask("restart"))]).state;
    expect(delayOf(policy, asked, 5_040)).toBe(60);
    const again = run(policy, [at(6_000, crash())], asked).state;
    expect(delayOf(policy, again, 7_000)).toBe(200);
  });
});

describe("jitter", () => {
  test.each<[string, BackoffOptions["jitter"], number, number]>([
    ["none ignores the draw", "none", 0.75, 200],
    ["full goes down to 0", "full", 0, 0],
    ["full is the draw's share", "full", 0.75, 150],
    ["equal goes down to the half", "equal", 0, 100],
    ["equal is half and the draw's share of the half", "equal", 0.75, 175],
    ["full is the default", undefined, 0.25, 50],
  ])("%s", (_, jitter, draw, delayMs) => {
    const options = { initialMs: 100, factor: 2, capMs: 1_000, ...(jitter && { jitter }) };
    expect(answer(options, crashes(2), draw)).toEqual({ type: "launch", delayMs });
  });

  const wandering: BackoffOptions = { initialMs: 100, capMs: 1_000, jitter: decorrelated() };

  test("decorrelated: between initialMs and three times the delay before, capped", () => {
    const policy = backoff(wandering);
    let state = policy.initial();
    const delays = [0.5, 0.5, 0, 0.5, 0.999].map((draw) => {
      [state] = policy.step(state, crash(), 0);
      const delayMs = delayOf(policy, state, 0, draw);
      [state] = policy.step(state, ask("restart", draw), 0);
      return delayMs;
    });
    // 100..300, 100..600, 100..1050, 100..300, 100..600
    expect(delays).toEqual([200, 350, 100, 200, expect.closeTo(599.5)]);
  });

  test("decorrelated: asked again it is the same band, and the last answer is the one before the next", () => {
    const policy = backoff(wandering);
    const events = [at(0, crash()), at(0, ask("restart", 0.9)), at(0, ask("restart", 0.5))];
    const { state } = run(policy, events);
    expect(delayOf(policy, state, 0, 0.25)).toBe(150);
    const next = run(policy, [at(0, crash())], state).state;
    expect(delayOf(policy, next, 0, 0.5)).toBe(350);
  });

  test("decorrelated: health and a long run begin again at initialMs", () => {
    const policy = backoff({ ...wandering, resetAfterMs: 10 });
    const { state } = run(policy, [...crashes(1), at(0, ask("restart", 0.5))]);
    const healed = run(policy, [at(0, healthy), at(0, crash())], state).state;
    const old = run(policy, [at(0, crash(10))], state).state;
    expect([delayOf(policy, healed, 0, 0.5), delayOf(policy, old, 0, 0.5)]).toEqual([200, 200]);
  });

  test("decorrelated: the largest multiple with draw 0 is still a number", () => {
    const policy = backoff({ ...wandering, jitter: decorrelated({ times: Number.MAX_VALUE }) });
    const state = { ...counted(policy, 2), previousMs: 1e300 };
    expect(delayOf(policy, state, 0, 0)).toBe(100);
    expect(delayOf(policy, state, 0, 0.5)).toBe(1_000);
  });
});

test("a delay above 2^31-1 ms is an ordinary number", () => {
  const policy = backoff({ initialMs: 2 ** 31, factor: 2, capMs: 2 ** 40, jitter: "none" });
  expect(delayOf(policy, counted(policy, 3), 0)).toBe(2 ** 33);
});

test("a curve of one's own that breaks its contract later is reported by the step", () => {
  const curve = (n: number) => (n < 3 ? 100 : Number.NaN);
  const policy = backoff({ curve, jitter: "none" });
  expect(delayOf(policy, counted(policy, 2), 0)).toBe(100);
  expect(() => delayOf(policy, counted(policy, 3), 0)).toThrow(
    expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option: "curve" }),
  );
});

test("a curve of one's own that overflows is capped", () => {
  const policy = backoff({ curve: (n) => 10 ** n, capMs: 60_000, jitter: "none" });
  expect(delayOf(policy, counted(policy, 1_000), 0)).toBe(60_000);
  const uncapped = backoff({ curve: (n) => 10 ** n, jitter: "none" });
  expect(delayOf(uncapped, counted(uncapped, 1_000), 0)).toBe(MAX);
});
