// What holds for every delay.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { isClose } from "../../../config/testing/vectors.ts";
import {
  type BackoffOptions,
  backoff,
  type Curve,
  exponential,
  linear,
  proportional,
  steps,
} from "../src/index.js";
import { ask, completion, counted, crash, delayOf, healthy, reset, run } from "./events.js";
import { anyPlan, anyRun, optionsOf, planAndRun } from "./runs.js";

const MAX = Number.MAX_SAFE_INTEGER;

/** A time: often an edge, up to 2^53-1. */
const anyMs = fc.oneof(
  fc.constantFrom(0, 1, 200, 30_000, 2 ** 31 - 1, 2 ** 31, MAX),
  fc.integer({ min: 0, max: 100_000 }),
  fc.maxSafeNat(),
);

const anyFactor = fc.oneof(
  fc.constantFrom(1, 1 + 2 ** -52, 1.1, 1.5, 2, 3, 10, 1e308),
  fc.double({ min: 1, max: 4, noNaN: true }),
);

/** How many failures: few, about 2^32, or any. */
const anyCount = fc.oneof(
  fc.integer({ min: 1, max: 100 }),
  fc.integer({ min: 2 ** 32 - 3, max: 2 ** 32 }),
  fc.maxSafeNat(),
);

const anyGrowth = fc.record({ initialMs: anyMs, factor: anyFactor, capMs: anyMs });
const anyDraw = fc.oneof(
  fc.constantFrom(0, 0.5, 1 - 2 ** -53),
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
);
const anyWord = fc.constantFrom("none" as const, "full" as const, "equal" as const);

describe("cap", () => {
  test("a delay is finite, at least 0, and never over the cap, at any count", () => {
    law(
      fc.tuple(anyGrowth, anyWord, anyCount, anyDraw),
      ([growth, jitter, count, draw], reached) => {
        const policy = backoff({ ...growth, jitter });
        const delayMs = delayOf(policy, counted(policy, count), 0, draw);
        expect(Number.isFinite(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(growth.capMs);
        if (delayMs > 0) reached();
      },
    );
  });

  test("before jitter a delay never shrinks as failures go on", () => {
    const anyCurve: fc.Arbitrary<Curve> = fc.oneof(
      anyGrowth.map((growth) => exponential(growth)),
      fc
        .tuple(anyMs, fc.double({ min: 1, max: 1.2, noNaN: true }))
        .map(([initialMs, factor]) => exponential({ initialMs, factor, capMs: MAX })),
      fc.tuple(anyMs, anyMs).map(([initialMs, incrementMs]) => linear({ initialMs, incrementMs })),
      fc
        .tuple(anyMs, anyMs, fc.integer({ min: 0, max: 200 }))
        .map(([initialMs, maxMs, count]) => steps({ initialMs, maxMs, steps: count })),
    );
    const highCap = fc.oneof({ arbitrary: fc.constant(MAX), weight: 3 }, anyMs);
    const lowCount = fc.oneof({ arbitrary: fc.integer({ min: 1, max: 100 }), weight: 3 }, anyCount);
    law(fc.tuple(anyCurve, highCap, lowCount, anyCount), ([curve, capMs, a, b], reached) => {
      const policy = backoff({ curve, capMs, jitter: "none" });
      const delayAt = (count: number) => delayOf(policy, counted(policy, count), 0);
      const [few, many] = [Math.min(a, b), Math.max(a, b)];
      expect(delayAt(few)).toBeLessThanOrEqual(delayAt(few + 1));
      expect(delayAt(few)).toBeLessThanOrEqual(delayAt(many));
      if (delayAt(few) < delayAt(many)) reached();
    });
  });

  test("until the cap each delay is the factor times the one before, for every jitter and draw", () => {
    const anyLowCount = fc.integer({ min: 1, max: 12 });
    const growths = fc.record({
      initialMs: fc.integer({ min: 1, max: 1000 }),
      factor: fc.double({ min: 1, max: 5, noNaN: true }),
    });
    law(
      fc.tuple(growths, anyWord, anyLowCount, anyDraw),
      ([growth, jitter, count, draw], reached) => {
        const policy = backoff({ ...growth, capMs: MAX, jitter });
        const one = delayOf(policy, counted(policy, count), 0, draw);
        const next = delayOf(policy, counted(policy, count + 1), 0, draw);
        expect(next).toSatisfy((got) => isClose(got, one * growth.factor));
        if (one > 0 && growth.factor > 1) reached();
      },
    );
  });
});

describe("asked later is shorter", () => {
  test("by exactly the time that passed, down to 0", () => {
    const runs = planAndRun().chain(([plan, events]) =>
      fc.tuple(
        fc.constant(plan),
        fc.constant(events),
        fc.constantFrom(1, plan.initialMs, plan.capMs - 1, plan.capMs, 2 * plan.capMs + 1),
        fc.nat({ max: 7 }),
      ),
    );
    law(runs, ([plan, events, wait, eighths], reached) => {
      const policy = backoff(optionsOf(plan));
      const now = events.at(-1)?.at ?? 0;
      const { state } = run(policy, [...events, { at: now, event: crash() }]);
      const [asked, decision] = policy.step(state, ask("restart", eighths / 8), now);
      const first = decision.type === "launch" ? decision.delayMs : Number.NaN;
      const x = Math.max(0, wait);
      const later = delayOf(policy, asked, now + x, eighths / 8);
      expect(later).toBe(Math.max(0, first - x));
      if (later > 0 && x > 0) reached();
    });
  });

  test("a clock that went back adds nothing", () => {
    law(fc.tuple(planAndRun(), anyMs), ([[plan, events], back], reached) => {
      const policy = backoff(optionsOf(plan));
      const now = events.at(-1)?.at ?? 0;
      const { state } = run(policy, [...events, { at: now, event: crash() }]);
      const [asked] = policy.step(state, ask("restart"), now);
      const whole = delayOf(policy, asked, asked.allowedAt ?? asked.since ?? now, 0.5);
      expect(delayOf(policy, asked, now - back, 0.5)).toBeLessThanOrEqual(whole);
      if (back > 0 && whole > 0) reached();
    });
  });
});

describe("jitter", () => {
  const bands = { none: [1, 1], full: [0, 1], equal: [0.5, 1] } as const;

  test("a word keeps the delay in its band", () => {
    law(
      fc.tuple(anyGrowth, anyWord, anyCount, anyDraw),
      ([growth, jitter, count, draw], reached) => {
        const plain = backoff({ ...growth, jitter: "none" });
        const policy = backoff({ ...growth, jitter });
        const d = delayOf(plain, counted(plain, count), 0);
        const [low, high] = bands[jitter];
        const delayMs = delayOf(policy, counted(policy, count), 0, draw);
        expect(delayMs).toBeGreaterThanOrEqual(d * low);
        expect(delayMs).toBeLessThanOrEqual(d * high);
        if (d > 0 && jitter !== "none") reached();
      },
    );
  });

  test("a proportional one keeps its band, and the cap where it comes last", () => {
    const anyHundredths = fc.integer({ min: 0, max: 300 }).map((hundredths) => hundredths / 100);
    const anyBand = fc
      .tuple(anyHundredths, anyHundredths)
      .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));
    const evenDraw = fc.nat({ max: 999 }).map((thousandths) => thousandths / 1000);
    const anyOf = fc.tuple(anyGrowth, anyBand, anyCount, fc.oneof(evenDraw, anyDraw));
    law(anyOf, ([growth, band, count, draw], reached) => {
      const plain = backoff({ ...growth, jitter: "none" });
      const d = delayOf(plain, counted(plain, count), 0);
      const free = backoff({
        ...growth,
        jitter: proportional({ ...band, capOrder: "before-jitter" }),
      });
      const cut = backoff({ ...growth, jitter: proportional(band) });
      const delayMs = delayOf(free, counted(free, count), 0, draw);
      expect(delayMs).toBeGreaterThanOrEqual(d * band.low);
      expect(delayMs).toBeLessThanOrEqual(d * band.high);
      expect(delayOf(cut, counted(cut, count), 0, draw)).toBe(Math.min(delayMs, growth.capMs));
      if (delayMs > growth.capMs) reached();
    });
  });
});

describe("forgiveness", () => {
  test("healthy and reset restore the initial state", () => {
    law(
      fc.tuple(planAndRun(), fc.constantFrom(healthy, reset)),
      ([[plan, events], fact], reached) => {
        const policy = backoff(optionsOf(plan));
        const { state } = run(policy, events);
        expect(policy.step(state, fact, 1e13)[0]).toEqual(policy.initial());
        if (state.count > 1) reached();
      },
    );
  });

  test("a run of exactly resetAfterMs forgives what was before it, one of a millisecond less does not", () => {
    const plans = anyPlan({ jitter: { kind: "none" }, firstRestart: "delayed", from: "exit" });
    const runs = plans.chain((plan) =>
      fc.tuple(fc.constant(plan), anyRun(plan), fc.integer({ min: 1, max: 100_000 })),
    );
    law(runs, ([plan, events, resetAfterMs], reached) => {
      const policy = backoff(optionsOf({ ...plan, resetAfterMs }));
      const { state } = run(policy, events);
      const afterRun = (uptimeMs: number) => policy.step(state, crash(uptimeMs), 1e13)[0];
      const first = policy.step(policy.initial(), crash(), 1e13)[0];
      expect(afterRun(resetAfterMs)).toEqual(first);
      expect(delayOf(policy, afterRun(resetAfterMs), 1e13)).toBe(
        Math.min(plan.initialMs, plan.capMs),
      );
      expect(afterRun(resetAfterMs - 1).count).toBeGreaterThanOrEqual(state.count);
      if (afterRun(resetAfterMs - 1).count > first.count) reached();
    });
  });
});

test("failures are counted up to 2^53-1 and stay there", () => {
  const policy = backoff({ jitter: "none" });
  const { state } = run(
    policy,
    [1, 2, 3].map((at) => ({ at, event: crash() })),
    counted(policy, MAX - 1),
  );
  expect(state.count).toBe(MAX);
  expect(delayOf(policy, state, 3)).toBe(30_000);
});

describe("every option matters: another value of it changes a decision", () => {
  const events = [
    { at: 0, event: ask("start") },
    ...[1, 2, 3, 4, 5].flatMap((i) => [
      { at: i * 1000, event: i === 2 ? completion(900) : crash(i * 90) },
      { at: i * 1000 + 10, event: ask("restart", 0.25) },
    ]),
  ];
  const base: BackoffOptions = { initialMs: 100, factor: 2, capMs: 500, jitter: "none" };
  const curve = (n: number) => n * 10;

  test.each<[string, BackoffOptions, BackoffOptions]>([
    ["initialMs", base, { ...base, initialMs: 101 }],
    ["factor", base, { ...base, factor: 2.5 }],
    ["capMs", base, { ...base, capMs: 501 }],
    ["capMs of a curve", { curve, jitter: "none" }, { curve, jitter: "none", capMs: 15 }],
    ["curve", { curve, jitter: "none" }, { curve: (n) => n * 11, jitter: "none" }],
    ["jitter", base, { ...base, jitter: "equal" }],
    ["resetAfterMs", base, { ...base, resetAfterMs: 270 }],
    ["counts", base, { ...base, counts: "restarts" }],
    [
      "firstRestart",
      { ...base, counts: "restarts" },
      { ...base, counts: "restarts", firstRestart: "immediate" },
    ],
    ["from: launch", base, { ...base, from: "launch" }],
    ["from: request", base, { ...base, from: "request" }],
  ])("%s", (_, one, other) => {
    expect(run(backoff(other), events).decisions).not.toEqual(run(backoff(one), events).decisions);
  });
});
