// The rules, one case a row, each with its reason.

import type { RestartEvent } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { type SlidingWindowOptions, slidingWindow } from "../src/index.js";
import { cleanExit, crash, healthy, operator, reset, restart, run, start } from "./events.js";

const MAX = Number.MAX_SAFE_INTEGER;

/** What is decided: "go", "noted", a number of ms to wait, or "never". */
type Answer = "go" | "noted" | "never" | number;

type Line = readonly [at: number, event: RestartEvent, answer: Answer];

interface Row {
  readonly why: string;
  readonly options?: Partial<SlidingWindowOptions>;
  readonly lines: readonly Line[];
}

const refused = (retryAfterMs: number | null) => ({
  type: "refuse",
  reason: "window-full",
  retryAfterMs,
});

function decision(answer: Answer) {
  if (answer === "go") return { type: "launch", delayMs: 0 };
  if (answer === "noted") return { type: "noted" };
  return refused(answer === "never" ? null : answer);
}

/** `limit: 2, windowMs: 10` unless the row says otherwise. */
function check(rows: readonly Row[]): void {
  test.each(rows)("$why", ({ options, lines }) => {
    const policy = slidingWindow({ limit: 2, windowMs: 10, ...options });
    const { decisions } = run(
      policy,
      lines.map(([at, event]) => ({ at, event })),
    );
    expect(decisions).toEqual(lines.map(([, , answer]) => decision(answer)));
  });
}

describe("the edge of the window", () => {
  check([
    {
      why: "half-open: one before it is refused for 1 ms, exactly at it the slot is free",
      lines: [
        [0, start, "go"],
        [0, restart, "go"],
        [9, restart, 1],
        [10, restart, "go"],
        [10, restart, "go"],
        [10, restart, 10],
      ],
    },
    {
      why: "closed: exactly at it the slot is taken, one after it is free",
      options: { edge: "closed" },
      lines: [
        [0, start, "go"],
        [0, restart, "go"],
        [9, restart, 2],
        [10, restart, 1],
        [11, restart, "go"],
      ],
    },
    {
      why: "it slides: each slot has its own end",
      lines: [
        [0, start, "go"],
        [7, restart, "go"],
        [9, restart, 1],
        [10, restart, "go"],
        [11, restart, 6],
        [16, restart, 1],
        [17, restart, "go"],
        [18, restart, 2],
      ],
    },
    {
      why: "several slots taken at once are free at once",
      lines: [
        [5, start, "go"],
        [5, restart, "go"],
        [5, restart, 10],
        [15, restart, "go"],
        [15, restart, "go"],
        [15, restart, 10],
      ],
    },
    {
      why: "window 0, half-open: a slot is free as soon as it is taken",
      options: { limit: 1, windowMs: 0 },
      lines: [
        [3, start, "go"],
        [3, restart, "go"],
        [3, restart, "go"],
      ],
    },
    {
      why: "window 0, closed: so many in one millisecond",
      options: { windowMs: 0, edge: "closed" },
      lines: [
        [3, start, "go"],
        [3, restart, "go"],
        [3, restart, 1],
        [4, restart, "go"],
      ],
    },
    {
      why: "the largest window, from a negative instant: exact to the last instant there is",
      options: { limit: 1, windowMs: MAX },
      lines: [
        [0, start, "go"],
        [1, restart, MAX - 1],
        [MAX - 1, restart, 1],
        [MAX, restart, "go"],
      ],
    },
    {
      why: "the largest window: an end later than the last instant is never reached",
      options: { limit: 1, windowMs: MAX },
      lines: [
        [1, start, "go"],
        [1, restart, "never"],
        [MAX, restart, "never"],
      ],
    },
    {
      why: "the largest window, closed: 2^53 ms do not overflow",
      options: { limit: 1, windowMs: MAX, edge: "closed" },
      lines: [
        [0, start, "go"],
        [0, restart, "never"],
        [MAX, restart, "never"],
      ],
    },
    {
      why: "the largest window, closed, before 0: a wait of 2^53 ms is not a number there is",
      options: { limit: 1, windowMs: MAX, edge: "closed" },
      lines: [
        [-5, start, "go"],
        [-5, restart, "never"],
        [-4, restart, MAX],
        [MAX - 5, restart, 1],
        [MAX - 4, restart, "go"],
      ],
    },
    {
      why: "a 400 day window needs no timer and forgets nothing early",
      options: { limit: 1, windowMs: 400 * 86_400_000 },
      lines: [
        [0, start, "go"],
        [30 * 86_400_000, restart, 370 * 86_400_000],
        [400 * 86_400_000 - 1, restart, 1],
        [400 * 86_400_000, restart, "go"],
      ],
    },
  ]);
});

describe("the limit", () => {
  check([
    {
      why: "the first start takes a slot: limit 1 launches once in a window",
      options: { limit: 1 },
      lines: [
        [0, start, "go"],
        [0, restart, 10],
      ],
    },
    {
      why: "a refusal takes no slot and does not prolong the wait",
      lines: [
        [0, start, "go"],
        [0, restart, "go"],
        [3, restart, 7],
        [3, restart, 7],
        [9, restart, 1],
        [10, restart, "go"],
      ],
    },
    {
      why: "over-limit: one more gets through than the limit says",
      options: { tripAt: "over-limit" },
      lines: [
        [0, start, "go"],
        [0, restart, "go"],
        [0, restart, "go"],
        [0, restart, 10],
      ],
    },
    {
      why: "recordRefused: asking too early takes a slot and prolongs the wait",
      options: { recordRefused: true },
      lines: [
        [0, start, "go"],
        [0, restart, "go"],
        [4, restart, 6],
        [8, restart, 6],
        [14, restart, "go"],
        [14, restart, 10],
        [18, restart, 6],
      ],
    },
    {
      why: "the largest limit never fills",
      options: { limit: MAX, tripAt: "over-limit" },
      lines: [
        [0, start, "go"],
        [0, restart, "go"],
      ],
    },
  ]);
});

describe("what counts", () => {
  check([
    {
      why: "launches: start, restart and operator alike; exits and health do not",
      options: { limit: 3 },
      lines: [
        [0, start, "go"],
        [1, healthy, "noted"],
        [2, crash, "noted"],
        [2, restart, "go"],
        [3, operator, "go"],
        [4, operator, 6],
        [4, restart, 6],
        [4, start, 6],
      ],
    },
    {
      why: "restarts: the start is let through and takes no slot, an operator's launch does",
      options: { counts: "restarts" },
      lines: [
        [0, start, "go"],
        [1, restart, "go"],
        [2, operator, "go"],
        [3, restart, 8],
        [3, operator, 8],
        [3, start, "go"],
        [11, restart, "go"],
      ],
    },
    {
      why: "failures: the exit takes the slot, and its own restart is among those refused",
      options: { counts: "failures" },
      lines: [
        [0, start, "go"],
        [0, crash, "noted"],
        [0, restart, "go"],
        [4, crash, "noted"],
        [4, restart, 6],
        [9, restart, 1],
        [10, restart, "go"],
        [10, restart, "go"],
      ],
    },
    {
      why: "failures, over-limit: as many restarts as the limit says",
      options: { counts: "failures", tripAt: "over-limit" },
      lines: [
        [0, start, "go"],
        [0, crash, "noted"],
        [0, restart, "go"],
        [1, crash, "noted"],
        [1, restart, "go"],
        [2, crash, "noted"],
        [2, restart, 8],
      ],
    },
    {
      why: "failures: an exit that did not fail takes no slot, its restart is asked all the same",
      options: { counts: "failures", limit: 1 },
      lines: [
        [0, start, "go"],
        [1, cleanExit, "noted"],
        [1, restart, "go"],
        [2, crash, "noted"],
        [2, restart, 10],
        [3, cleanExit, "noted"],
        [3, restart, 9],
      ],
    },
    {
      why: "failures: start and operator are let through, whatever has failed",
      options: { counts: "failures", limit: 1 },
      lines: [
        [0, crash, "noted"],
        [0, restart, 10],
        [0, operator, "go"],
        [0, start, "go"],
        [0, restart, 10],
      ],
    },
    {
      why: "failures: each one prolongs the wait, only the newest that fit matter",
      options: { counts: "failures", limit: 1 },
      lines: [
        [0, crash, "noted"],
        [3, crash, "noted"],
        [6, crash, "noted"],
        [6, restart, 10],
        [16, restart, "go"],
      ],
    },
    {
      why: "failures: recordRefused has nothing to record",
      options: { counts: "failures", limit: 1, recordRefused: true },
      lines: [
        [0, crash, "noted"],
        [5, restart, 5],
        [9, restart, 1],
        [10, restart, "go"],
      ],
    },
    {
      why: "the same failure told twice counts twice",
      options: { counts: "failures" },
      lines: [
        [0, crash, "noted"],
        [0, crash, "noted"],
        [0, restart, 10],
      ],
    },
  ]);
});

describe("limit 0", () => {
  check([
    {
      why: "refuse: never, not even the first start, and not later",
      options: { limit: 0 },
      lines: [
        [0, start, "never"],
        [MAX, restart, "never"],
      ],
    },
    {
      why: "refuse, over-limit: limit 0 is not one more than none",
      options: { limit: 0, tripAt: "over-limit" },
      lines: [[0, start, "never"]],
    },
    {
      why: "refuse, failures: no restart, with or without a failure",
      options: { limit: 0, counts: "failures" },
      lines: [
        [0, start, "go"],
        [1, cleanExit, "noted"],
        [1, restart, "never"],
        [99, restart, "never"],
      ],
    },
    {
      why: "refuse, window 0: still never",
      options: { limit: 0, windowMs: 0 },
      lines: [[0, start, "never"]],
    },
    {
      why: "run-once: one launch, then never, however long it waits",
      options: { limit: 0, limitZero: "run-once" },
      lines: [
        [0, start, "go"],
        [0, restart, "never"],
        [1_000_000, restart, "never"],
        [1_000_000, operator, "never"],
      ],
    },
    {
      why: "run-once, window 0: the one run is not forgotten",
      options: { limit: 0, windowMs: 0, limitZero: "run-once" },
      lines: [
        [0, start, "go"],
        [1, restart, "never"],
      ],
    },
    {
      why: "run-once: a reset gives the run back",
      options: { limit: 0, limitZero: "run-once" },
      lines: [
        [0, start, "go"],
        [1, restart, "never"],
        [2, reset, "noted"],
        [3, restart, "go"],
        [4, restart, "never"],
      ],
    },
    {
      why: "run-once, restarts: the start is let through, so the one run is spent",
      options: { limit: 0, limitZero: "run-once", counts: "restarts" },
      lines: [
        [0, start, "go"],
        [0, restart, "never"],
      ],
    },
    {
      why: "unlimited: never refuses",
      options: { limit: 0, limitZero: "unlimited", counts: "failures" },
      lines: [
        [0, start, "go"],
        [0, crash, "noted"],
        [0, restart, "go"],
        [0, crash, "noted"],
        [0, restart, "go"],
      ],
    },
    {
      why: "with another limit limitZero has no say",
      options: { limit: 1, limitZero: "unlimited" },
      lines: [
        [0, start, "go"],
        [0, restart, 10],
      ],
    },
  ]);
});

describe("the past", () => {
  check([
    {
      why: "reset forgets every slot",
      lines: [
        [0, start, "go"],
        [0, restart, "go"],
        [1, restart, 9],
        [1, reset, "noted"],
        [1, restart, "go"],
        [1, restart, "go"],
        [1, restart, 10],
      ],
    },
    {
      why: "healthy frees nothing",
      options: { limit: 1 },
      lines: [
        [0, start, "go"],
        [5, healthy, "noted"],
        [5, restart, 5],
      ],
    },
    {
      why: "a long silence frees everything",
      lines: [
        [0, start, "go"],
        [0, restart, "go"],
        [3_600_000, restart, "go"],
        [3_600_000, restart, "go"],
        [3_600_000, restart, 10],
      ],
    },
    {
      why: "a clock that goes back stands still at the newest slot: the same wait, not a longer one",
      lines: [
        [50, start, "go"],
        [55, restart, "go"],
        [20, restart, 5],
        [55, restart, 5],
        [60, restart, "go"],
      ],
    },
    {
      why: "a slot taken while the clock is back is dated at the newest one",
      lines: [
        [50, start, "go"],
        [40, restart, "go"],
        [50, restart, 10],
        [60, restart, "go"],
        [60, restart, "go"],
        [60, restart, 10],
      ],
    },
    {
      why: "instants before 0 are instants like any other",
      options: { limit: 1 },
      lines: [
        [-20, start, "go"],
        [-11, restart, 1],
        [-10, restart, "go"],
        [-1, restart, 1],
        [0, restart, "go"],
      ],
    },
  ]);
});

describe("a state of other options", () => {
  const four = run(
    slidingWindow({ limit: 4, windowMs: 100 }),
    [0, 10, 20, 30].map((at) => ({ at, event: restart })),
  ).state;

  test("under a smaller limit the wait lasts until enough have expired, not just the oldest", () => {
    const { step } = slidingWindow({ limit: 2, windowMs: 100 });
    expect(step(four, restart, 40)[1]).toEqual(refused(80));
    expect(step(four, restart, 119)[1]).toEqual(refused(1));
    expect(step(four, restart, 120)[1]).toEqual(decision("go"));
  });

  test("a refusal under a smaller limit keeps them all: the larger limit comes back to them", () => {
    const refusal = slidingWindow({ limit: 2, windowMs: 100 }).step(four, restart, 40);
    expect(refusal[0]).toBe(four);
    const { step } = slidingWindow({ limit: 5, windowMs: 100 });
    expect(step(refusal[0], restart, 40)[0].count).toBe(5);
  });

  test("where a slot is taken although there are too many, the newest stay", () => {
    const options = { limit: 2, windowMs: 100, recordRefused: true };
    const [next, answer] = slidingWindow(options).step(four, restart, 40);
    expect(next.count).toBe(2);
    expect(answer).toEqual(refused(90));
  });

  test("under a shorter window what has expired is forgotten for good", () => {
    const [short] = slidingWindow({ limit: 0, windowMs: 15 }).step(four, restart, 40);
    expect(short.count).toBe(1);
    const { step } = slidingWindow({ limit: 2, windowMs: 100 });
    expect(step(short, restart, 40)[1]).toEqual(decision("go"));
  });

  test("run-once asks whether anything was ever let through: any slot held says so", () => {
    const { step, initial } = slidingWindow({ limit: 0, windowMs: 1, limitZero: "run-once" });
    expect(step(four, restart, 1_000_000)[1]).toEqual(refused(null));
    expect(step(initial(), restart, 1_000_000)[1]).toEqual(decision("go"));
  });
});

describe("idle", () => {
  test("is true from the instant at which the last slot is free", () => {
    const policy = slidingWindow({ limit: 2, windowMs: 10 });
    const { state } = run(policy, [{ at: 5, event: start }]);
    expect(policy.idle?.(policy.initial(), 0)).toBe(true);
    expect(policy.idle?.(state, 14)).toBe(false);
    expect(policy.idle?.(state, 15)).toBe(true);
    expect(policy.idle?.(state, 0)).toBe(false);
  });

  test("closed: one later", () => {
    const policy = slidingWindow({ limit: 2, windowMs: 10, edge: "closed" });
    const { state } = run(policy, [{ at: 5, event: start }]);
    expect(policy.idle?.(state, 15)).toBe(false);
    expect(policy.idle?.(state, 16)).toBe(true);
  });

  test("failures: not between a failure and its restart", () => {
    const policy = slidingWindow({ limit: 2, windowMs: 10, counts: "failures" });
    const { state } = run(policy, [
      { at: 5, event: start },
      { at: 9, event: crash },
    ]);
    expect(policy.idle?.(state, 9)).toBe(false);
  });

  test("run-once: never again, but for a reset", () => {
    const policy = slidingWindow({ limit: 0, windowMs: 10, limitZero: "run-once" });
    const { state } = run(policy, [{ at: 5, event: start }]);
    expect(policy.idle?.(state, 1_000_000)).toBe(false);
    expect(policy.idle?.(policy.step(state, reset, 6)[0], 6)).toBe(true);
  });
});

describe("quiet means the same reference", () => {
  const policy = slidingWindow({ limit: 2, windowMs: 10 });
  const full = run(policy, [
    { at: 0, event: start },
    { at: 1, event: restart },
  ]).state;

  test.each<[string, RestartEvent]>([
    ["healthy", healthy],
    ["an exit", crash],
    ["a clean exit", cleanExit],
    ["a refusal", restart],
  ])("%s", (_, event) => {
    expect(policy.step(full, event, 5)[0]).toBe(full);
  });

  test("a reset of a fresh state", () => {
    const fresh = policy.initial();
    expect(policy.step(fresh, reset, 5)[0]).toBe(fresh);
    expect(policy.step(full, reset, 5)[0]).toBe(fresh);
    const copy = structuredClone(fresh);
    expect(policy.step(copy, reset, 5)[0]).toBe(copy);
  });

  test("limit 0: a failure or a refusal leaves nothing behind, not even in a state read back", () => {
    const zero = slidingWindow({ limit: 0, windowMs: 10, recordRefused: true });
    const thawed = zero.parse({ count: 0, stamps: [] }, 5);
    expect(zero.step(thawed, restart, 5)[0]).toBe(thawed);
    const failures = slidingWindow({ limit: 0, windowMs: 10, counts: "failures" });
    expect(failures.step(thawed, crash, 5)[0]).toBe(thawed);
  });

  test("window 0 at the same instant: the one stamp is there already", () => {
    const { step, initial } = slidingWindow({ limit: 1, windowMs: 0 });
    const [once] = step(initial(), start, 3);
    expect(step(once, restart, 3)[0]).toBe(once);
    expect(step(once, restart, 4)[0]).not.toBe(once);
  });
});
