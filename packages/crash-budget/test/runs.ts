// Options and runs of events, drawn so that what is interesting happens often: gaps scale with the
// options, and mix 0, 1, exactly a time that matters, that time +-1, a share of it, long silence.

import type { Millis, RestartEvent } from "@steadfast/policy";
import fc from "fast-check";
import type { CrashBudgetOptions, DecayingBudgetOptions } from "../src/index.js";
import {
  ask,
  completion,
  crash,
  healthy,
  operator,
  reset,
  start,
  type TimedEvent,
} from "./events.js";

export type Plan = Required<CrashBudgetOptions>;
export type DecayingPlan = Required<DecayingBudgetOptions>;

const DAY = 86_400_000;

export function anyPlan(fixed: Partial<Plan> = {}): fc.Arbitrary<Plan> {
  return fc
    .record<Plan>({
      retries: fc.oneof(
        { arbitrary: fc.integer({ min: 0, max: 3 }), weight: 5 },
        { arbitrary: fc.integer({ min: 4, max: 12 }), weight: 1 },
      ),
      windowMs: fc.oneof(
        fc.constantFrom(0, 1, 2, 1_000, 30_000, 400 * DAY),
        fc.integer({ min: 1, max: 5_000 }),
      ),
      retryDelayMs: fc.constantFrom(0, 1, 0.5, 250, 40_000),
      counts: fc.constantFrom("failures", "launches"),
      edge: fc.constantFrom("half-open", "closed"),
      onHealthy: fc.constantFrom("forget", "re-anchor", "ignore"),
    })
    .map((plan) => ({ ...plan, ...fixed }));
}

export function anyDecayingPlan(fixed: Partial<DecayingPlan> = {}): fc.Arbitrary<DecayingPlan> {
  return fc
    .record({
      halfLifeMs: fc.constantFrom(0, 1, 500, 1_000, 30_000),
      // Sums of halves, and thresholds that no sum of powers of two comes near.
      threshold: fc.constantFrom(0, 0.7, 1, 1.5, 2, 2.3, 3.1, 5.3),
      pauseMs: fc.constantFrom(0, 1, 500, 15_000),
      trip: fc.constantFrom(
        ["hold", 1, 1] as const,
        ["hold", 1, 1] as const,
        ["hold", 1, 1] as const,
        ["delay", 1, 1] as const,
        ["delay", 0.5, 1.5] as const,
        ["delay", 0, 1] as const,
      ),
    })
    .map(({ trip: [onTrip, low, high], ...rest }) => ({
      ...rest,
      onTrip,
      jitter: { low, high },
      ...fixed,
    }));
}

/** A gap between two events, given the times that matter and how many events fit into the longest. */
function gap(times: readonly number[], share: number): fc.Arbitrary<number> {
  const whole = times.map(Math.ceil);
  const edges = whole.flatMap((ms) => [ms, ms + 1, Math.max(0, ms - 1)]);
  const longest = Math.max(...whole);
  return fc.oneof(
    { arbitrary: fc.constantFrom(0, 1), weight: 5 },
    { arbitrary: fc.constantFrom(...edges), weight: 3 },
    { arbitrary: fc.integer({ min: 0, max: Math.ceil((2 * longest) / share) }), weight: 5 },
    { arbitrary: fc.constant(100 * longest + 7), weight: 1 },
  );
}

/** Eighths: products with them are exact. */
const anyDraw = fc.nat({ max: 7 }).map((eighths) => eighths / 8);

const anyRestart = anyDraw.map((draw) => ask("restart", draw));

/** What happens between one gap and the next: an exit and its request come back to back. */
const happening: fc.Arbitrary<readonly RestartEvent[]> = fc.oneof(
  { arbitrary: anyRestart.map((restart) => [crash, restart]), weight: 12 },
  { arbitrary: anyRestart.map((restart) => [completion, restart]), weight: 2 },
  { arbitrary: anyRestart.map((restart) => [restart]), weight: 4 },
  { arbitrary: fc.constantFrom([crash], [operator], [start]), weight: 3 },
  { arbitrary: fc.constantFrom([healthy], [healthy], [reset]), weight: 1 },
);

/** A run whose clock never goes back. */
export function anyRun(
  times: readonly number[],
  { from = 0, share = 2 }: { readonly from?: Millis; readonly share?: number } = {},
): fc.Arbitrary<readonly TimedEvent[]> {
  const turn = fc.tuple(gap(times, share), happening);
  return fc.array(turn, { minLength: 4, maxLength: 30, size: "max" }).map((turns) => {
    let at = from;
    return turns.flatMap(([wait, events]) => {
      at += wait;
      return events.map((event) => ({ at, event }));
    });
  });
}

export const runOf = (plan: Plan, from: Millis = 0): fc.Arbitrary<readonly TimedEvent[]> =>
  anyRun([plan.windowMs, plan.retryDelayMs], { from, share: plan.retries + 1 });

export const decayingRunOf = (
  plan: DecayingPlan,
  from: Millis = 0,
): fc.Arbitrary<readonly TimedEvent[]> =>
  anyRun([plan.halfLifeMs, plan.pauseMs], { from, share: plan.threshold + 1 });

export const planAndRun = (
  fixed: Partial<Plan> = {},
): fc.Arbitrary<readonly [Plan, readonly TimedEvent[]]> =>
  anyPlan(fixed).chain((plan) => fc.tuple(fc.constant(plan), runOf(plan)));

export const decayingPlanAndRun = (
  fixed: Partial<DecayingPlan> = {},
): fc.Arbitrary<readonly [DecayingPlan, readonly TimedEvent[]]> =>
  anyDecayingPlan(fixed).chain((plan) => fc.tuple(fc.constant(plan), decayingRunOf(plan)));

/** The same run with some instants moved back. */
export function shaken(
  events: readonly TimedEvent[],
  times: readonly number[],
): fc.Arbitrary<readonly TimedEvent[]> {
  const back = fc.constantFrom(0, 0, 1, ...times.map(Math.ceil));
  return fc
    .array(back, { minLength: events.length, maxLength: events.length })
    .map((steps) => events.map(({ at, event }, i) => ({ at: at - (steps[i] ?? 0), event })));
}
