// Every policy of ours that the kit is shown green with, and why a law is left out.

import {
  backoff,
  constant,
  decorrelated,
  exponential,
  linear,
  proportional,
  steps,
  table,
} from "@steadfast/backoff";
import { crashBudget, decayingBudget } from "@steadfast/crash-budget";
import {
  allOf,
  coarse,
  giveUp,
  giveUpOn,
  inTurn,
  launch,
  lifetimeCap,
  type RestartPolicy,
  refuse,
  restartOn,
  restartPolicy,
  stopWhen,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import type { PolicyCheckOptions } from "../../src/index.js";

export type Row = [name: string, policy: RestartPolicy, options: PolicyCheckOptions];

const row = <State>(
  name: string,
  policy: RestartPolicy<State>,
  options: PolicyCheckOptions = {},
): Row => [name, policy, options];

const HOUR = 3_600_000;

/** The one of the docs: from 8:00 to midnight, UTC. */
const dayOnly = restartPolicy({
  name: "day-only",
  describe: { timesMs: [8 * HOUR, 16 * HOUR, 24 * HOUR] },
  launch(state, { wall }) {
    const untilMorning = 8 * HOUR - (wall % (24 * HOUR));
    return [state, untilMorning > 0 ? refuse("night", untilMorning) : launch()];
  },
});

const window = { limit: 3, windowMs: 1_000 } as const;

export const ourPolicies: readonly Row[] = [
  row("slidingWindow", slidingWindow(window), {
    scaled: (factor) => slidingWindow({ ...window, windowMs: 1_000 * factor }),
    variants: Object.fromEntries(
      Object.entries({
        limit: { ...window, limit: 2 },
        windowMs: { ...window, windowMs: 900 },
        edge: { ...window, edge: "closed" as const },
        counts: { ...window, counts: "failures" as const },
        tripAt: { ...window, tripAt: "over-limit" as const },
        recordRefused: { ...window, recordRefused: true },
      }).map(([option, options]) => [option, slidingWindow(options)]),
    ),
  }),
  row("slidingWindow, large", slidingWindow({ limit: 10, windowMs: 600_000 })),
  row("slidingWindow, limit 100", slidingWindow({ limit: 100, windowMs: 600_000 })),
  row("slidingWindow, limit 5000", slidingWindow({ limit: 5_000, windowMs: 600_000 })),
  row("slidingWindow, closed", slidingWindow({ ...window, edge: "closed" })),
  row("slidingWindow, restarts", slidingWindow({ ...window, counts: "restarts" })),
  row("slidingWindow, failures", slidingWindow({ ...window, counts: "failures" })),
  row(
    "slidingWindow, failures, closed, over limit",
    slidingWindow({ ...window, counts: "failures", edge: "closed", tripAt: "over-limit" }),
  ),
  row("slidingWindow, over limit", slidingWindow({ ...window, tripAt: "over-limit" })),
  row("slidingWindow, refused recorded", slidingWindow({ ...window, recordRefused: true }), {
    skip: { "refusal-costs-nothing": "recordRefused: a refused request takes a slot" },
  }),
  row("slidingWindow, limit 0", slidingWindow({ limit: 0, windowMs: 1_000 })),
  row(
    "slidingWindow, limit 0, once",
    slidingWindow({ limit: 0, windowMs: 1_000, limitZero: "run-once" }),
    {
      skip: { "old-events-forgotten": "run-once never forgets: one run until a reset" },
    },
  ),
  row(
    "slidingWindow, limit 0, unlimited",
    slidingWindow({ limit: 0, windowMs: 1_000, limitZero: "unlimited" }),
  ),
  row("slidingWindow, window 0", slidingWindow({ limit: 3, windowMs: 0 })),
  row("slidingWindow, window 0, closed", slidingWindow({ limit: 3, windowMs: 0, edge: "closed" })),
  row("slidingWindow, 2^53-1", slidingWindow({ limit: 2, windowMs: Number.MAX_SAFE_INTEGER })),
  row("backoff", backoff(), {
    scaled: (factor) => backoff({ initialMs: 200 * factor, capMs: 30_000 * factor }),
    variants: Object.fromEntries(
      Object.entries({
        initialMs: backoff({ initialMs: 100 }),
        factor: backoff({ factor: 3 }),
        capMs: backoff({ capMs: 20_000 }),
        jitter: backoff({ jitter: "none" }),
        resetAfterMs: backoff({ resetAfterMs: 60_000 }),
        counts: backoff({ counts: "restarts" }),
        from: backoff({ from: "launch" }),
      }).map(([option, policy]) => [option, policy]),
    ),
  }),
  row("backoff, no jitter", backoff({ jitter: "none" })),
  row("backoff, equal", backoff({ jitter: "equal", resetAfterMs: 60_000 })),
  row("backoff, proportional", backoff({ jitter: proportional({ low: 0.5, high: 1.5 }) })),
  row(
    "backoff, proportional before",
    backoff({ jitter: proportional({ low: 0.5, high: 1.5, capOrder: "before-jitter" }) }),
  ),
  row("backoff, decorrelated", backoff({ jitter: decorrelated() })),
  row(
    "backoff, restarts",
    backoff({ counts: "restarts", firstRestart: "immediate", jitter: "none" }),
  ),
  row("backoff, from launch", backoff({ from: "launch" })),
  row("backoff, from request", backoff({ from: "request" })),
  row("backoff, constant", backoff({ curve: constant({ delayMs: 10_000 }) })),
  row(
    "backoff, linear",
    backoff({ curve: linear({ initialMs: 1_000, incrementMs: 500 }), capMs: 60_000 }),
  ),
  row("backoff, table", backoff({ curve: table([50, 100, 80]), jitter: "none" })),
  row(
    "backoff, steps",
    backoff({
      curve: steps({ initialMs: 100, maxMs: 60_000, steps: 5 }),
      counts: "restarts",
      jitter: "none",
    }),
  ),
  row(
    "backoff, exponential, first uncapped",
    backoff({
      curve: exponential({ initialMs: 10_000, capMs: 5_000, capFirst: false }),
      jitter: "none",
    }),
  ),
  row("backoff, 0", backoff({ initialMs: 0 })),
  row("crashBudget", crashBudget(), {
    scaled: (factor) => crashBudget({ windowMs: 30_000 * factor, retryDelayMs: 250 * factor }),
    variants: Object.fromEntries(
      Object.entries({
        retries: crashBudget({ retries: 2 }),
        windowMs: crashBudget({ windowMs: 20_000 }),
        retryDelayMs: crashBudget({ retryDelayMs: 100 }),
        counts: crashBudget({ counts: "launches" }),
        edge: crashBudget({ edge: "closed" }),
        onHealthy: crashBudget({ onHealthy: "ignore" }),
      }).map(([option, policy]) => [option, policy]),
    ),
  }),
  row("crashBudget, launches", crashBudget({ counts: "launches", retries: 3 })),
  row("crashBudget, closed, re-anchor", crashBudget({ edge: "closed", onHealthy: "re-anchor" })),
  row("crashBudget, ignore", crashBudget({ onHealthy: "ignore", retries: 0 })),
  row("decayingBudget", decayingBudget(), {
    scaled: (factor) => decayingBudget({ halfLifeMs: 30_000 * factor, pauseMs: 15_000 * factor }),
    variants: Object.fromEntries(
      Object.entries({
        halfLifeMs: decayingBudget({ halfLifeMs: 10_000 }),
        threshold: decayingBudget({ threshold: 3 }),
        pauseMs: decayingBudget({ pauseMs: 10_000 }),
        onTrip: decayingBudget({ onTrip: "delay" }),
      }).map(([option, policy]) => [option, policy]),
    ),
  }),
  row(
    "decayingBudget, delay",
    decayingBudget({ onTrip: "delay", jitter: { low: 0.5, high: 1.5 } }),
  ),
  row("lifetimeCap", lifetimeCap({ restarts: 5 })),
  row("lifetimeCap, 60", lifetimeCap({ restarts: 60 })),
  row("restartOn permanent", restartOn("permanent")),
  row("restartOn transient", restartOn("transient")),
  row("restartOn temporary", restartOn("temporary")),
  row(
    "stopWhen",
    stopWhen((exit, ordinal) => exit.kind === "completed" && ordinal > 2),
  ),
  row(
    "giveUpOn",
    giveUpOn((exit) => exit.kind === "spawn-failed"),
  ),
  row("day-only", dayOnly),
  row("allOf()", allOf()),
  row(
    "allOf",
    allOf(restartOn("transient"), backoff(), slidingWindow({ limit: 5, windowMs: 60_000 })),
  ),
  row("allOf, cap", allOf(lifetimeCap({ restarts: 20 }), crashBudget())),
  row("inTurn", inTurn(backoff({ jitter: "none" }), slidingWindow({ limit: 5, windowMs: 60_000 }))),
  row("inTurn, jitter", inTurn(backoff(), slidingWindow({ limit: 5, windowMs: 60_000 }))),
  row("giveUp", giveUp(slidingWindow(window))),
  row("coarse", coarse(slidingWindow({ limit: 3, windowMs: 5_000 }), 1_000)),
  row("coarse backoff", coarse(backoff(), 1_000)),
  row(
    "OTP",
    allOf(
      restartOn("transient"),
      giveUp(
        coarse(
          slidingWindow({ limit: 2, windowMs: 5_000, edge: "closed", counts: "restarts" }),
          1_000,
        ),
      ),
    ),
  ),
  row(
    "inTurn, coarse",
    inTurn(backoff(), coarse(slidingWindow({ limit: 3, windowMs: 60_000 }), 1_000)),
  ),
];
