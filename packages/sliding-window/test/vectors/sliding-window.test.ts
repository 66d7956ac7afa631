// Every golden case of the epics-base-rs tracker. Where its clock goes back our rule differs: the clock
// stands still. Which cases that changes is computed, by running the source's algorithm on a held clock.

import { describe, expect, test } from "vitest";
import { goldenCases } from "../../../../config/testing/vectors.ts";
import { slidingWindow } from "../../src/index.js";
import { restart } from "../events.js";
import { heldStamps } from "../held-stamps.js";
import { asGiven, held } from "./clocks.js";
import { listedIds } from "./listed-ids.js";

interface Limits {
  readonly maxRestarts: number;
  readonly windowMs: number;
}

interface Outcome {
  readonly ok?: boolean;
  readonly count: number;
  readonly lastMs: number | null;
  readonly maxRestarts?: number;
  readonly windowSecs?: number;
}

type Op =
  | {
      readonly op: "tryRecord";
      readonly atMs: number;
      readonly policy?: Limits;
      readonly expect: Outcome;
    }
  | { readonly op: "reset"; readonly expect: Outcome };

interface Case {
  readonly id: string;
  readonly policy: Limits;
  readonly ops: readonly Op[];
}

const cases = goldenCases<Case>(new URL("./sliding_window.json", import.meta.url));

/** The source's tracker: an unsorted list, a filter, a comparison. */
function source({ policy, ops }: Case, clock: (atMs: number) => number): readonly Outcome[] {
  let stamps: number[] = [];
  return ops.map((op) => {
    if (op.op === "reset") stamps = [];
    const last = () => stamps.at(-1) ?? null;
    if (op.op === "reset") return { count: 0, lastMs: null };
    const { maxRestarts, windowMs } = op.policy ?? policy;
    const now = clock(op.atMs);
    stamps = stamps.filter((stamp) => Math.max(0, now - stamp) < windowMs);
    const ok = stamps.length < maxRestarts;
    if (ok) stamps.push(now);
    const outcome = { ok, count: stamps.length, lastMs: last() };
    return ok ? outcome : { ...outcome, maxRestarts, windowSecs: Math.floor(windowMs / 1000) };
  });
}

function ours({ policy, ops }: Case, clock: (atMs: number) => number): readonly Outcome[] {
  let state = slidingWindow({ limit: 0, windowMs: 0 }).initial();
  return ops.map((op) => {
    const limits = (op.op === "tryRecord" && op.policy) || policy;
    const { describe: about, step } = slidingWindow({
      limit: limits.maxRestarts,
      windowMs: limits.windowMs,
    });
    const event = op.op === "reset" ? ({ type: "reset" } as const) : restart;
    const [next, decision] = step(state, event, op.op === "reset" ? 0 : clock(op.atMs));
    state = next;
    expect(heldStamps(state)).toHaveLength(state.count);
    const held = { count: state.count, lastMs: heldStamps(state).at(-1) ?? null };
    if (decision.type === "noted") return held;
    if (decision.type === "launch") return { ok: true, ...held };
    expect(decision.reason).toBe("window-full");
    const { limit, windowMs } = about.options;
    return {
      ok: false,
      ...held,
      maxRestarts: limit as number,
      windowSecs: Math.floor((windowMs as number) / 1000),
    };
  });
}

const expected = ({ ops }: Case) => ops.map((op) => op.expect);
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const ordered = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ ok, count, lastMs, maxRestarts, windowSecs }) => ({
    ok,
    count,
    lastMs,
    maxRestarts,
    windowSecs,
  }));

const changed = cases.filter((one) => !same(ordered(source(one, held())), ordered(expected(one))));

describe("sliding_window", () => {
  test("the reference twin is the source: on the clock as given it answers every case", () => {
    for (const one of cases) expect(source(one, asGiven), one.id).toEqual(expected(one));
  });

  test("the cases that a clock standing still changes are the ones listed", () => {
    expect(changed.map(({ id }) => id)).toEqual(listedIds("sliding_window"));
    expect(changed.length).toBeGreaterThan(0);
  });

  test.each(cases.filter((one) => !changed.includes(one)))("$id", (one) => {
    expect(ours(one, asGiven)).toEqual(expected(one));
  });

  test.each(cases)("$id on a clock that stands still", (one) => {
    expect(ours(one, held())).toEqual(source(one, held()));
  });
});
