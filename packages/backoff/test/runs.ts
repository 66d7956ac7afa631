// Options and runs of events, drawn so that what is interesting happens often: gaps scale with the
// options, and mix 0, 1, exactly a time that matters, that time +-1, a share of it, long silence.

import type { Millis } from "@steadfast/policy";
import fc from "fast-check";
import {
  type BackoffOptions,
  decorrelated,
  type JitterOption,
  proportional,
} from "../src/index.js";
import { ask, completion, crash, healthy, reset, spawnFailure, type TimedEvent } from "./events.js";

/** Options as plain data, from which both the policy and its twin are made. */
export interface Plan {
  readonly initialMs: number;
  /** The factor is this over `under`. */
  readonly over: number;
  readonly under: number;
  readonly capMs: number;
  readonly jitter: JitterPlan;
  readonly resetAfterMs: number | null;
  readonly counts: "failures" | "restarts";
  readonly firstRestart: "delayed" | "immediate";
  readonly from: "exit" | "launch" | "request";
}

export type JitterPlan =
  | { readonly kind: "none" | "full" | "equal" }
  | { readonly kind: "decorrelated"; readonly times: number }
  | {
      readonly kind: "proportional";
      readonly low: number;
      readonly high: number;
      readonly capOrder: "last" | "before-jitter";
    };

function jitterOf(plan: JitterPlan): JitterOption {
  if (plan.kind === "decorrelated") return decorrelated({ times: plan.times });
  if (plan.kind === "proportional") {
    return proportional({ low: plan.low, high: plan.high, capOrder: plan.capOrder });
  }
  return plan.kind;
}

export function optionsOf(plan: Plan): BackoffOptions {
  const { initialMs, over, under, capMs, jitter, resetAfterMs, counts, firstRestart, from } = plan;
  const factor = over / under;
  const rules = { resetAfterMs, counts, firstRestart, from };
  return { initialMs, factor, capMs, jitter: jitterOf(jitter), ...rules };
}

const DAY = 86_400_000;

const anyJitter: fc.Arbitrary<JitterPlan> = fc.oneof(
  fc.constantFrom({ kind: "none" as const }, { kind: "full" as const }, { kind: "equal" as const }),
  fc.constantFrom(1, 2, 3).map((times) => ({ kind: "decorrelated" as const, times })),
  fc
    .tuple(fc.constantFrom(0, 0.5, 1), fc.constantFrom(1, 1.5, 2), fc.boolean())
    .map(([low, high, last]) => ({
      kind: "proportional" as const,
      low,
      high,
      capOrder: last ? ("last" as const) : ("before-jitter" as const),
    })),
);

/** Any options whose delays are exact in a double for the places that a short run reaches. */
export function anyPlan(fixed: Partial<Plan> = {}): fc.Arbitrary<Plan> {
  return fc
    .record({
      initialMs: fc.oneof(fc.constantFrom(0, 1, 3, 200, 5000), fc.integer({ min: 0, max: 1000 })),
      factor: fc.constantFrom([1, 1], [2, 1], [3, 1], [3, 2], [5, 4], [10, 1]),
      capMs: fc.oneof(
        fc.constantFrom(0, 1, 1000, 30_000, 30 * DAY),
        fc.integer({ min: 0, max: 5000 }),
      ),
      jitter: anyJitter,
      resetAfterMs: fc.constantFrom(null, 0, 1, 1000, 30_000),
      // An immediate first restart is legal where restarts are counted.
      counts: fc.constantFrom(
        ["failures", "delayed"] as const,
        ["restarts", "delayed"] as const,
        ["restarts", "immediate"] as const,
      ),
      from: fc.constantFrom("exit", "launch", "request"),
    })
    .map(({ factor: [over = 1, under = 1], counts: [counts, firstRestart], ...rest }) => ({
      ...rest,
      over,
      under,
      counts,
      firstRestart,
      ...fixed,
    }));
}

/** Eighths: products with them are exact. */
export const anyDraw: fc.Arbitrary<number> = fc.nat({ max: 7 }).map((eighths) => eighths / 8);

/** A gap between two events. */
export function gap({ initialMs, capMs, resetAfterMs }: Plan): fc.Arbitrary<number> {
  const times = [initialMs, capMs, resetAfterMs ?? initialMs];
  const edges = times.flatMap((ms) => [ms, ms + 1, Math.max(0, ms - 1)]);
  return fc.oneof(
    { arbitrary: fc.constantFrom(0, 1), weight: 5 },
    { arbitrary: fc.constantFrom(...edges), weight: 4 },
    { arbitrary: fc.integer({ min: 0, max: 2 * Math.max(...times) }), weight: 4 },
    { arbitrary: fc.constant(10 * Math.max(...times) + 7), weight: 1 },
  );
}

/** What happens between one gap and the next: an exit and its request come back to back. */
function happening({ resetAfterMs }: Plan): fc.Arbitrary<readonly TimedEvent["event"][]> {
  const edge = resetAfterMs ?? 10;
  const anyUptime = fc.constantFrom(
    0,
    1,
    edge,
    edge + 1,
    Math.max(0, edge - 1),
    Math.floor(edge / 2),
  );
  const anyExit = fc.oneof(
    { arbitrary: anyUptime.map(crash), weight: 6 },
    { arbitrary: anyUptime.map(completion), weight: 2 },
    { arbitrary: fc.constant(spawnFailure), weight: 1 },
  );
  return fc.oneof(
    {
      arbitrary: fc.tuple(anyExit, anyDraw).map(([exit, draw]) => [exit, ask("restart", draw)]),
      weight: 12,
    },
    { arbitrary: anyDraw.map((draw) => [ask("restart", draw)]), weight: 4 },
    { arbitrary: anyExit.map((exit) => [exit]), weight: 2 },
    { arbitrary: fc.constantFrom([ask("start")], [ask("operator")]), weight: 2 },
    { arbitrary: fc.constantFrom([healthy], [reset]), weight: 1 },
  );
}

/** A run whose clock never goes back. */
export function anyRun(plan: Plan, from: Millis = 0): fc.Arbitrary<readonly TimedEvent[]> {
  const turn = fc.tuple(gap(plan), happening(plan));
  return fc.array(turn, { minLength: 4, maxLength: 24, size: "max" }).map((turns) => {
    let at = from;
    return turns.flatMap(([wait, events]) => {
      at += wait;
      return events.map((event) => ({ at, event }));
    });
  });
}

export function planAndRun(
  fixed: Partial<Plan> = {},
): fc.Arbitrary<readonly [Plan, readonly TimedEvent[]]> {
  return anyPlan(fixed).chain((plan) => fc.tuple(fc.constant(plan), anyRun(plan)));
}
