// Every golden case of the rust-tokio-supervisor tracker: closed edge, failures, no limit of its own.
// Clock rule as in sliding-window.test.ts; besides, the source looks at its oldest stamp only.

import { describe, expect, test } from "vitest";
import { goldenCases } from "../../../../config/testing/vectors.ts";
import { type SlidingWindowOptions, slidingWindow, windowView } from "../../src/index.js";
import { cleanExit, crash, restart } from "../events.js";
import { heldStamps } from "../held-stamps.js";
import { asGiven, held } from "./clocks.js";
import { listedIds } from "./listed-ids.js";

interface Op {
  readonly atMs: number;
  readonly windowMs: number;
  readonly countFailure: boolean;
  readonly used: number;
}

interface Case {
  readonly id: string;
  readonly ops: readonly Op[];
  readonly finalMs: readonly number[];
}

interface Outcome {
  readonly used: readonly number[];
  readonly finalMs: readonly number[];
}

const cases = goldenCases<Case>(new URL("./restart_limit_tracker.json", import.meta.url));

function source({ ops }: Case, clock: (atMs: number) => number): Outcome {
  const stamps: number[] = [];
  const used = ops.map(({ atMs, windowMs, countFailure }) => {
    const now = clock(atMs);
    while (stamps[0] !== undefined && Math.max(0, now - stamps[0]) > windowMs) stamps.shift();
    if (countFailure) stamps.push(now);
    return stamps.length;
  });
  return { used, finalMs: stamps };
}

function ours({ ops }: Case, clock: (atMs: number) => number): Outcome {
  let state = slidingWindow({ limit: 0, windowMs: 0 }).initial();
  const used = ops.map(({ atMs, windowMs, countFailure }) => {
    const limit = Number.MAX_SAFE_INTEGER;
    const options: SlidingWindowOptions = { limit, windowMs, edge: "closed", counts: "failures" };
    const { step } = slidingWindow(options);
    const now = clock(atMs);
    const [told] = step(state, countFailure ? crash : cleanExit, now);
    const [asked, decision] = step(told, restart, now);
    expect(decision).toEqual({ type: "launch", delayMs: 0 });
    state = asked;
    const view = windowView(state, options, now);
    expect(view).toEqual({
      limit,
      windowMs,
      used: state.count,
      remaining: limit - state.count,
      exhausted: false,
    });
    return view.used;
  });
  return { used, finalMs: heldStamps(state) };
}

const expected = ({ ops, finalMs }: Case): Outcome => ({ used: ops.map((op) => op.used), finalMs });
const same = (one: Outcome, other: Outcome) => JSON.stringify(one) === JSON.stringify(other);

const changed = cases.filter((one) => !same(source(one, held()), expected(one)));

describe("restart_limit_tracker", () => {
  test("the reference twin is the source: on the clock as given it answers every case", () => {
    for (const one of cases) expect(source(one, asGiven), one.id).toEqual(expected(one));
  });

  test("the cases that a clock standing still changes are the ones listed", () => {
    expect(changed.map(({ id }) => id)).toEqual(listedIds("restart_limit_tracker"));
    expect(changed.length).toBeGreaterThan(0);
  });

  test.each(cases.filter((one) => !changed.includes(one)))("$id", (one) => {
    expect(ours(one, asGiven)).toEqual(expected(one));
  });

  test.each(cases)("$id on a clock that stands still", (one) => {
    expect(ours(one, held())).toEqual(source(one, held()));
  });
});
