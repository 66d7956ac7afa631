// Every policy of the cores, in every word that its options have. `skip` says which law a policy breaks
// on purpose, and why: that is part of its rules.

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
import type { PolicyCheckOptions } from "@steadfast/laws";
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
  waitOut,
  when,
} from "@steadfast/policy";
import { pausingWindow, type SlidingWindowOptions, slidingWindow } from "@steadfast/sliding-window";

/** A policy under a name that no other has, and how it is checked. */
export type Row = readonly [name: string, policy: RestartPolicy, options?: PolicyCheckOptions];

const EDGES = ["half-open", "closed"] as const;
const COUNTS = ["launches", "restarts", "failures"] as const;
const TRIPS = ["limit", "over-limit"] as const;
const ZEROS = ["refuse", "run-once", "unlimited"] as const;

const RECORDED = { "refusal-costs-nothing": "a refused request is recorded: that is the option" };
const WAITS = {
  "healthy-resets": "the wait of a full window is a delay here, and health does not empty a window",
};
const RUN_ONCE = {
  "old-events-forgotten": "one run for ever is one slot that is never free again",
};

function windowRow(options: SlidingWindowOptions): Row {
  const words = Object.entries(options).map(([option, value]) => `${option} ${value}`);
  const { counts = "launches", recordRefused = false, limitZero } = options;
  const isOnce = limitZero === "run-once" && counts === "launches";
  const checked = {
    ...(recordRefused && counts !== "failures" && { skip: RECORDED }),
    ...(isOnce && { skip: RUN_ONCE }),
  };
  return [`slidingWindow: ${words.join(", ")}`, slidingWindow(options), checked];
}

const windows: readonly Row[] = [
  ...EDGES.flatMap((edge) =>
    COUNTS.flatMap((counts) =>
      TRIPS.flatMap((tripAt) =>
        [false, true].map((recordRefused) =>
          windowRow({ limit: 3, windowMs: 1_000, edge, counts, tripAt, recordRefused }),
        ),
      ),
    ),
  ),
  ...ZEROS.flatMap((limitZero) =>
    COUNTS.map((counts) => windowRow({ limit: 0, windowMs: 1_000, counts, limitZero })),
  ),
  windowRow({ limit: 3, windowMs: 0 }),
  windowRow({ limit: 3, windowMs: 0, edge: "closed" }),
  windowRow({ limit: 50, windowMs: 60_000 }),
  windowRow({ limit: 5_000, windowMs: 600_000 }),
  windowRow({ limit: 2, windowMs: Number.MAX_SAFE_INTEGER }),
];

const pauses = { limit: 3, windowMs: 1_000, pauseMs: 5_000 } as const;

const pausing: readonly Row[] = [
  ["pausingWindow: a pause longer than its window", pausingWindow(pauses)],
  ["pausingWindow: closed", pausingWindow({ ...pauses, edge: "closed" })],
  ["pausingWindow: a short pause", pausingWindow({ limit: 2, windowMs: 60_000, pauseMs: 500 })],
  ["pausingWindow: two pauses, then the end", pausingWindow({ ...pauses, maxPauses: 2 })],
  ["pausingWindow: no pause", pausingWindow({ ...pauses, maxPauses: 0 })],
  ["pausingWindow: each failure", pausingWindow({ limit: 1, windowMs: 1_000, pauseMs: 2_000 })],
  ["pausingWindow: pauses of no length", pausingWindow({ ...pauses, pauseMs: 0, maxPauses: 1 })],
];

const CURVES = {
  exponential: exponential({ initialMs: 100, factor: 2, capMs: 3_000 }),
  constant: constant({ delayMs: 250 }),
  linear: linear({ initialMs: 100, incrementMs: 50 }),
  table: table([0, 10, 500, 500, 2_000]),
  steps: steps({ initialMs: 100, maxMs: 5_000, steps: 4 }),
} as const;

const JITTERS = {
  none: "none",
  full: "full",
  equal: "equal",
  proportional: proportional({ low: 0.5, high: 1.5 }),
} as const;

const backoffs: readonly Row[] = [
  ["backoff: defaults", backoff()],
  ...Object.entries(CURVES).flatMap(([curveName, curve]) =>
    Object.entries(JITTERS).map(
      ([jitterName, jitter]): Row => [
        `backoff: ${curveName}, jitter ${jitterName}`,
        backoff({ curve, jitter, capMs: 4_000 }),
      ],
    ),
  ),
  [
    "backoff: first uncapped",
    backoff({
      curve: exponential({ initialMs: 10_000, capMs: 5_000, capFirst: false }),
      jitter: "none",
    }),
  ],
  [
    "backoff: cap before jitter",
    backoff({ jitter: proportional({ low: 0.5, high: 1.5, capOrder: "before-jitter" }) }),
  ],
  ["backoff: factor 3", backoff({ initialMs: 10, factor: 3, capMs: 5_000, jitter: "none" })],
  ["backoff: decorrelated", backoff({ initialMs: 100, capMs: 4_000, jitter: decorrelated() })],
  ["backoff: no delay", backoff({ initialMs: 0 })],
  ["backoff: cap below initial", backoff({ initialMs: 500, capMs: 100, jitter: "none" })],
  ["backoff: resetAfterMs", backoff({ initialMs: 100, resetAfterMs: 1_000, jitter: "equal" })],
  ["backoff: counts restarts", backoff({ initialMs: 100, counts: "restarts" })],
  [
    "backoff: first immediate",
    backoff({ initialMs: 100, counts: "restarts", firstRestart: "immediate" }),
  ],
  ["backoff: from launch", backoff({ initialMs: 100, from: "launch", jitter: "none" })],
  ["backoff: from request", backoff({ initialMs: 100, from: "request", jitter: "none" })],
];

const budgets: readonly Row[] = [
  ["crashBudget: defaults", crashBudget()],
  ["crashBudget: 3 retries", crashBudget({ retries: 3, windowMs: 5_000, retryDelayMs: 100 })],
  ["crashBudget: no window", crashBudget({ windowMs: 0 })],
  ["crashBudget: none", crashBudget({ retries: 0, windowMs: 5_000, retryDelayMs: 0 })],
  ["crashBudget: counts launches", crashBudget({ retries: 2, counts: "launches" })],
  ["crashBudget: closed", crashBudget({ edge: "closed" })],
  ["crashBudget: re-anchor", crashBudget({ onHealthy: "re-anchor" })],
  ["crashBudget: ignores health", crashBudget({ onHealthy: "ignore" })],
  ["decayingBudget: defaults", decayingBudget()],
  ["decayingBudget: delays", decayingBudget({ threshold: 2, onTrip: "delay" })],
  ["decayingBudget: trips at once", decayingBudget({ threshold: 0, pauseMs: 500 })],
  [
    "decayingBudget: jitter",
    decayingBudget({ threshold: 2, onTrip: "delay", jitter: { low: 0.5, high: 1.5 } }),
  ],
  ["decayingBudget: no half-life", decayingBudget({ halfLifeMs: 0, threshold: 0.5 })],
];

const HOUR = 3_600_000;

/** The one of docs/writing-a-policy.md: from 8:00 to midnight, UTC. */
const dayOnly = restartPolicy({
  name: "day-only",
  describe: { timesMs: [8 * HOUR, 16 * HOUR, 24 * HOUR] },
  launch(state, { wall }) {
    const untilMorning = 8 * HOUR - (wall % (24 * HOUR));
    return [state, untilMorning > 0 ? refuse("night", untilMorning) : launch()];
  },
});

const small: readonly Row[] = [
  ["day-only", dayOnly],
  ["restartOn permanent", restartOn("permanent")],
  ["restartOn transient", restartOn("transient")],
  ["restartOn temporary", restartOn("temporary")],
  ["stopWhen", stopWhen((exit, ordinal) => exit.kind === "completed" || ordinal > 5)],
  ["giveUpOn", giveUpOn(({ kind }) => kind === "out-of-memory")],
  ["lifetimeCap", lifetimeCap({ restarts: 5 })],
  ["lifetimeCap: 60", lifetimeCap({ restarts: 60 })],
  ["lifetimeCap: none", lifetimeCap({ restarts: 0 })],
];

const window = slidingWindow({ limit: 3, windowMs: 1_000 });
const delays = backoff({ initialMs: 100, capMs: 400, jitter: "equal" });

const compositions: readonly Row[] = [
  ["allOf: nothing", allOf()],
  ["allOf: window, backoff", allOf(window, delays)],
  [
    "allOf: two windows",
    allOf(slidingWindow({ limit: 2, windowMs: 100 }), slidingWindow({ limit: 5, windowMs: 1_000 })),
  ],
  [
    "allOf: predicate, type, budget, backoff",
    allOf(
      stopWhen((_, ordinal) => ordinal > 20),
      restartOn("transient"),
      crashBudget({ retries: 2 }),
      delays,
    ),
  ],
  ["inTurn: backoff, window", inTurn(delays, window)],
  [
    "inTurn: backoff, closed window",
    inTurn(delays, slidingWindow({ limit: 3, windowMs: 1_000, edge: "closed" })),
  ],
  ["inTurn: two backoffs", inTurn(delays, backoff({ initialMs: 50, jitter: "none" }))],
  ["giveUp: window", giveUp(window)],
  ["giveUp: budget", giveUp(crashBudget({ retries: 2 }))],
  ["coarse: window", coarse(slidingWindow({ limit: 3, windowMs: 5_000 }), 1_000)],
  [
    "coarse: closed window of one unit",
    coarse(slidingWindow({ limit: 2, windowMs: 1_000, edge: "closed" }), 1_000),
  ],
  ["coarse: twice", coarse(coarse(slidingWindow({ limit: 2, windowMs: 900 }), 1_000), 1_000)],
  ["coarse: budget", coarse(crashBudget({ retries: 2 }), 1_000)],
  ["coarse: backoff", coarse(delays, 60)],
  ["inTurn: backoff, coarse window", inTurn(delays, coarse(window, 1_000))],
  ["allOf: type, inTurn", allOf(restartOn("transient"), inTurn(delays, window))],
  [
    "allOf: the policy of README.md",
    allOf(
      restartOn("transient"),
      inTurn(
        backoff({ initialMs: 200, factor: 2, capMs: 30_000, jitter: "full" }),
        slidingWindow({ limit: 10, windowMs: 600_000 }),
      ),
    ),
  ],
  [
    "allOf: backoff, a budget that delays",
    allOf(delays, decayingBudget({ threshold: 2, onTrip: "delay" })),
  ],
  [
    "allOf: tiers",
    allOf(
      pausingWindow({ limit: 2, windowMs: 1_000, pauseMs: 3_000 }),
      pausingWindow({ limit: 4, windowMs: 20_000, pauseMs: 60_000, maxPauses: 2 }),
      giveUp(slidingWindow({ limit: 9, windowMs: 600_000, counts: "failures" })),
    ),
  ],
  ["waitOut: window", waitOut(window)],
  ["waitOut: budget", waitOut(crashBudget({ retries: 2, retryDelayMs: 5 }))],
  ["waitOut: pausing window", waitOut(pausingWindow({ ...pauses, maxPauses: 2 }))],
  ["waitOut: giveUp", waitOut(giveUp(window))],
  ["waitOut: backoff, window in turn", waitOut(inTurn(delays, window)), { skip: WAITS }],
  ["when: failures, backoff", when(({ kind }) => kind === "failed", delays)],
  ["when: code 1, window", when(({ code }) => code === 1, window)],
  ["when: not 42, budget", when(({ code }) => code !== 42, crashBudget({ retries: 2 }))],
  ["when: nothing", when(() => false, lifetimeCap({ restarts: 0 }))],
  [
    "when: a budget per cause",
    allOf(
      when(({ kind }) => kind === "spawn-failed", giveUp(crashBudget({ retries: 2 }))),
      when(({ kind }) => kind === "out-of-memory", lifetimeCap({ restarts: 3 })),
      when(({ code }) => code === 1, inTurn(delays, window)),
    ),
  ],
  [
    "when: twice",
    when(
      ({ code }) => code !== 2,
      when(({ kind }) => kind === "failed", window),
    ),
  ],
  [
    "inTurn: backoff, when",
    inTurn(
      delays,
      when(({ kind }) => kind === "failed", window),
    ),
  ],
  ["waitOut: when", waitOut(when(({ kind }) => kind === "failed", window))],
  ["inTurn: backoff, pausing window", inTurn(delays, pausingWindow(pauses))],
  ["inTurn: backoff, allOf", inTurn(delays, allOf(window, crashBudget({ retries: 9 })))],
  [
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
  ],
  [
    "deep",
    allOf(restartOn("permanent"), inTurn(delays, giveUp(window)), lifetimeCap({ restarts: 9 })),
  ],
];

/** Every row. */
export const cores: readonly Row[] = [
  ...windows,
  ...pausing,
  ...backoffs,
  ...budgets,
  ...small,
  ...compositions,
];
