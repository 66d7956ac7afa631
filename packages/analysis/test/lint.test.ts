// Each rule just on either side of its edge.

import {
  backoff,
  constant,
  decorrelated,
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
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { describe, expect, it } from "vitest";
import { type Finding, type FindingCode, lint, mostInWindow, simulate } from "../src/index.js";

const every = (delayMs: number) => backoff({ curve: constant({ delayMs }), jitter: "none" });
const window = (limit: number, windowMs: number) => slidingWindow({ limit, windowMs });

const codesOf = (policy: RestartPolicy) => lint(policy).map(({ code }) => code);

function finding(policy: RestartPolicy, code: FindingCode): Finding {
  const found = lint(policy).find((one) => one.code === code);
  if (!found) throw new Error(`no ${code} among ${codesOf(policy).join(", ")}`);
  return found;
}

interface Row {
  readonly why: string;
  readonly code: FindingCode;
  readonly found: RestartPolicy;
  readonly notFound: RestartPolicy;
}

const rows: readonly Row[] = [
  {
    why: "pm2#4433: ten launches, ten seconds apart, in a minute",
    code: "limit-unreachable",
    found: giveUp(allOf(window(10, 60_000), every(10_000))),
    notFound: giveUp(allOf(window(10, 90_001), every(10_000))),
  },
  {
    why: "the start and the first restart are asked at one instant, so nine gaps make ten and one",
    code: "limit-unreachable",
    found: allOf(window(10, 90_000), every(10_000)),
    notFound: allOf(window(10, 90_001), every(10_000)),
  },
  {
    why: "a closed window is a millisecond longer",
    code: "limit-unreachable",
    found: allOf(slidingWindow({ limit: 3, windowMs: 199, edge: "closed" }), every(100)),
    notFound: allOf(slidingWindow({ limit: 3, windowMs: 200, edge: "closed" }), every(100)),
  },
  {
    why: "asked after the delay, one more gap is needed",
    code: "limit-unreachable",
    found: inTurn(every(10_000), window(10, 100_000)),
    notFound: inTurn(every(10_000), window(10, 100_001)),
  },
  {
    why: "the start takes no slot where restarts count",
    code: "limit-unreachable",
    found: allOf(slidingWindow({ limit: 3, windowMs: 300, counts: "restarts" }), every(100)),
    notFound: allOf(slidingWindow({ limit: 3, windowMs: 301, counts: "restarts" }), every(100)),
  },
  {
    why: "failures are stamped before the delay, wherever the question is asked",
    code: "limit-unreachable",
    found: inTurn(every(100), slidingWindow({ limit: 3, windowMs: 300, counts: "failures" })),
    notFound: inTurn(every(100), slidingWindow({ limit: 3, windowMs: 301, counts: "failures" })),
  },
  {
    why: "over the limit is one more",
    code: "limit-unreachable",
    found: allOf(slidingWindow({ limit: 3, windowMs: 300, tripAt: "over-limit" }), every(100)),
    notFound: allOf(slidingWindow({ limit: 3, windowMs: 301, tripAt: "over-limit" }), every(100)),
  },
  {
    why: "delays that double: 100 + 200 + 400",
    code: "limit-unreachable",
    found: allOf(window(4, 700), backoff({ initialMs: 100, jitter: "none" })),
    notFound: allOf(window(4, 701), backoff({ initialMs: 100, jitter: "none" })),
  },
  {
    why: "delays that grow by a step: 100 + 150 + 200",
    code: "limit-unreachable",
    found: allOf(
      window(4, 450),
      backoff({ curve: linear({ initialMs: 100, incrementMs: 50 }), jitter: "none" }),
    ),
    notFound: allOf(
      window(4, 451),
      backoff({ curve: linear({ initialMs: 100, incrementMs: 50 }), jitter: "none" }),
    ),
  },
  {
    why: "of a table that falls, the shortest delay to come",
    code: "limit-unreachable",
    found: allOf(window(3, 200), backoff({ curve: table([500, 100]), jitter: "none" })),
    notFound: allOf(window(3, 201), backoff({ curve: table([500, 100]), jitter: "none" })),
  },
  {
    why: "equal jitter halves at best",
    code: "limit-unreachable",
    found: allOf(window(3, 100), backoff({ curve: constant({ delayMs: 100 }), jitter: "equal" })),
    notFound: allOf(
      window(3, 101),
      backoff({ curve: constant({ delayMs: 100 }), jitter: "equal" }),
    ),
  },
  {
    why: "a band of factors: 0.8 at best",
    code: "limit-unreachable",
    found: allOf(
      window(3, 160),
      backoff({ curve: constant({ delayMs: 100 }), jitter: proportional({ low: 0.8, high: 1.2 }) }),
    ),
    notFound: allOf(
      window(3, 161),
      backoff({ curve: constant({ delayMs: 100 }), jitter: proportional({ low: 0.8, high: 1.2 }) }),
    ),
  },
  {
    why: "decorrelated jitter never goes below its first delay",
    code: "limit-unreachable",
    found: allOf(window(3, 200), backoff({ initialMs: 100, jitter: decorrelated() })),
    notFound: allOf(window(3, 201), backoff({ initialMs: 100, jitter: decorrelated() })),
  },
  {
    why: "full jitter may be no delay at all",
    code: "limit-unreachable",
    found: allOf(window(3, 200), every(100)),
    notFound: allOf(window(3, 200), backoff({ curve: constant({ delayMs: 100 }), jitter: "full" })),
  },
  {
    why: "a coarse clock rounds up to a unit less one away",
    code: "limit-unreachable",
    found: allOf(coarse(window(3, 101), 100), every(100)),
    notFound: allOf(coarse(window(3, 102), 100), every(100)),
  },
  {
    why: "a budget's own delay: one crash and two retries",
    code: "limit-unreachable",
    found: crashBudget({ retries: 2, windowMs: 500, retryDelayMs: 250 }),
    notFound: crashBudget({ retries: 2, windowMs: 501, retryDelayMs: 250 }),
  },
  {
    why: "a score that fades by half between failures stays below 2",
    code: "limit-unreachable",
    found: allOf(decayingBudget({ halfLifeMs: 100, threshold: 2 }), every(100)),
    notFound: allOf(decayingBudget({ halfLifeMs: 100, threshold: 1.99 }), every(100)),
  },
  {
    why: "a window as long as one delay",
    code: "window-shorter-than-cycle",
    found: allOf(window(2, 10_000), every(10_000)),
    notFound: allOf(window(3, 10_001), every(10_000)),
  },
  {
    why: "likewise for one launch, if it is asked after the delay",
    code: "window-shorter-than-cycle",
    found: inTurn(every(10_000), window(1, 10_000)),
    notFound: inTurn(every(10_000), window(1, 10_001)),
  },
  {
    why: "a window asked at the exit, whose delays vary",
    code: "bounds-admissions-only",
    found: allOf(window(10, 600_000), backoff()),
    notFound: inTurn(backoff(), window(10, 600_000)),
  },
  {
    why: "constant delays move all launches alike",
    code: "bounds-admissions-only",
    found: allOf(
      window(10, 600_000),
      backoff({ curve: steps({ initialMs: 1, maxMs: 2, steps: 1 }), jitter: "none" }),
    ),
    notFound: allOf(window(10, 600_000), every(2)),
  },
  {
    why: "failures are stamped when they happen",
    code: "bounds-admissions-only",
    found: allOf(slidingWindow({ limit: 10, windowMs: 600_000, counts: "restarts" }), backoff()),
    notFound: allOf(slidingWindow({ limit: 10, windowMs: 600_000, counts: "failures" }), backoff()),
  },
  {
    why: "the window before the delay is no better than beside it",
    code: "bounds-admissions-only",
    found: inTurn(window(10, 600_000), backoff()),
    notFound: inTurn(backoff(), giveUp(window(10, 600_000))),
  },
  {
    why: "a cap below the first delay",
    code: "cap-below-initial",
    found: backoff({ initialMs: 1_001, capMs: 1_000 }),
    notFound: backoff({ initialMs: 1_000, capMs: 1_000 }),
  },
  {
    why: "also the first delay of a curve",
    code: "cap-below-initial",
    found: backoff({ curve: linear({ initialMs: 101, incrementMs: 0 }), capMs: 100 }),
    notFound: backoff({ curve: linear({ initialMs: 100, incrementMs: 5 }), capMs: 100 }),
  },
  {
    why: "no delay and no limit",
    code: "hot-loop",
    found: restartOn("permanent"),
    notFound: allOf(restartOn("permanent"), every(1)),
  },
  {
    why: "a window of no length never fills, unless it is closed",
    code: "hot-loop",
    found: window(1, 0),
    notFound: slidingWindow({ limit: 1, windowMs: 0, edge: "closed" }),
  },
  {
    why: "a limit of 0 that means none",
    code: "hot-loop",
    found: slidingWindow({ limit: 0, windowMs: 1_000, limitZero: "unlimited" }),
    notFound: slidingWindow({ limit: 0, windowMs: 1_000, limitZero: "run-once" }),
  },
  {
    why: "delays alone never refuse",
    code: "endless-restarts",
    found: allOf(restartOn("transient"), backoff()),
    notFound: allOf(restartOn("transient"), backoff(), lifetimeCap({ restarts: 100_000 })),
  },
  {
    why: "a predicate that gives up on crashes ends it",
    code: "endless-restarts",
    found: allOf(
      giveUpOn((exit) => exit.kind === "spawn-failed"),
      backoff(),
    ),
    notFound: allOf(
      giveUpOn((exit) => exit.kind === "failed"),
      backoff(),
    ),
  },
  {
    why: "a limit of 0 admits nothing",
    code: "never-starts",
    found: allOf(restartOn("permanent"), window(0, 1_000)),
    notFound: allOf(restartOn("permanent"), window(1, 1_000)),
  },
];

describe("found on one side of the edge, and not on the other", () => {
  it.each(rows.map((row) => [row.code, row.why, row] as const))("%s: %s", (code, _, row) => {
    const { by } = finding(row.found, code);
    // What is not proved may be seen all the same: luck, or another life, is then what it takes.
    expect(lint(row.notFound).filter((one) => one.code === code && one.by === by)).toEqual([]);
  });
});

/** Waits twice as long after each failure; a healthy run forgives if it is told to. */
const doubling = (forgives: boolean): RestartPolicy =>
  restartPolicy<number>({
    name: "doubling",
    describe: { timesMs: [100, 6_400] },
    initial: () => 0,
    exited: (failures, { failed }) => (failed ? Math.min(failures + 1, 6) : failures),
    healthy: (failures) => (forgives ? 0 : failures),
    launch: (failures) => [failures, launch(failures === 0 ? 0 : 100 * 2 ** failures)],
  });

/** Gives up after so many failures in a row that came sooner than `minUptimeMs`: pm2's rule. */
const unstable = (limit: number, minUptimeMs: number): RestartPolicy =>
  restartPolicy<number>({
    name: "unstable",
    describe: { limit, timesMs: [minUptimeMs] },
    initial: () => 0,
    exited: (count, { uptimeMs }) => (uptimeMs < minUptimeMs ? count + 1 : 0),
    launch: (count) => [count, count > limit ? refuse("errored", null) : launch()],
  });

/** Says that it bounds launches, and counts failures only after a second. */
const boastful = (countsAll: boolean): RestartPolicy =>
  restartPolicy<readonly number[]>({
    name: "boastful",
    describe: { limit: 3, windowMs: 10_000, timesMs: [1_000, 10_000] },
    initial: () => [],
    launch(stamps, _, now) {
      const held = stamps.filter((at) => now - at < 10_000);
      if (held.length >= 3) return [held, refuse("full", (held[0] ?? now) + 10_000 - now)];
      return [countsAll || now % 1_000 > 0 ? [...held, now] : held, launch(1)];
    },
  });

describe("a policy of one's own is simulated", () => {
  it("systemd#43813: what never forgets is found, what forgets on healthy is not", () => {
    const found = finding(doubling(false), "no-reset-rule");
    expect(found).toMatchObject({
      by: "simulation",
      numbers: { firstMs: 200, reachedMs: 6_400, afterMs: 6_400 },
    });
    expect(codesOf(doubling(true))).not.toContain("no-reset-rule");
  });

  it("also where it would be refused after fewer failures", () => {
    const capped = allOf(doubling(false), lifetimeCap({ restarts: 5 }));
    expect(finding(capped, "no-reset-rule").numbers).toMatchObject({ failures: 4, afterMs: 3_200 });
    expect(codesOf(allOf(doubling(true), lifetimeCap({ restarts: 5 })))).toEqual([]);
  });

  it("backoff forgives on healthy, whatever its jitter", () => {
    for (const jitter of ["none", "full", "equal", decorrelated()] as const) {
      expect(codesOf(backoff({ jitter }))).toEqual(["endless-restarts"]);
    }
  });

  it("pm2#2584: a child that lives just as long as it must is never refused", () => {
    const found = finding(unstable(16, 1_000), "limit-unreachable");
    expect(found).toMatchObject({ by: "simulation", numbers: { limit: 16, lifeMs: 1_000 } });
    expect(codesOf(giveUp(window(16, 60_000)))).toEqual([]);
  });

  it("a window that does not keep its limit", () => {
    expect(finding(boastful(false), "limit-not-kept")).toMatchObject({
      severity: "error",
      by: "simulation",
    });
    expect(codesOf(boastful(true))).not.toContain("limit-not-kept");
  });

  it("endless is seen, not proved", () => {
    expect(finding(doubling(true), "endless-restarts").by).toBe("simulation");
    expect(finding(backoff(), "endless-restarts").by).toBe("proof");
  });
});

it("a limit that is turned off is not out of reach", () => {
  const off = Number.MAX_SAFE_INTEGER;
  for (const limit of [
    window(off, 10_000),
    crashBudget({ retries: off }),
    decayingBudget({ threshold: off }),
  ]) {
    expect(codesOf(allOf(limit, every(100)))).toEqual(["endless-restarts"]);
  }
});

describe("a finding", () => {
  it("says where: indices into the members of the description", () => {
    const policy = allOf(restartOn("permanent"), inTurn(every(50), giveUp(window(2, 40))));
    expect(finding(policy, "window-shorter-than-cycle").path).toEqual([1, 1, 0]);
  });

  it("is fixed by what it says, and by no less", () => {
    const numbers = finding(allOf(window(10, 60_000), every(10_000)), "limit-unreachable").numbers;
    expect(numbers).toMatchObject({ neededWindowMs: 90_001, reachable: 6 });
    expect(codesOf(allOf(window(10, 90_001), every(10_000)))).not.toContain("limit-unreachable");
    expect(codesOf(allOf(window(10, 90_000), every(10_000)))).toContain("limit-unreachable");
    expect(codesOf(allOf(window(6, 60_000), every(10_000)))).not.toContain("limit-unreachable");
    expect(codesOf(allOf(window(7, 60_000), every(10_000)))).toContain("limit-unreachable");
  });

  it("of errors comes before those of warnings", () => {
    const policy = allOf(window(0, 60_000), backoff({ initialMs: 200, capMs: 100 }));
    expect(lint(policy).map(({ severity }) => severity)).toEqual(["error", "warning"]);
  });

  it("is plain JSON", () => {
    const findings = rows.flatMap(({ found }) => lint(found));
    expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
  });
});

it("what the README recommends is clean, but for being endless where it waits", () => {
  expect(lint(inTurn(backoff(), giveUp(window(10, 600_000))))).toEqual([]);
  expect(lint(inTurn(backoff(), window(10, 600_000)))).toEqual([]);
  expect(lint(allOf(restartOn("transient"), crashBudget()))).toEqual([]);
});

it("admissions only: launches really come closer together than the limit says", () => {
  const policy = allOf(window(1, 10_000), backoff({ initialMs: 200, capMs: 30_000 }));
  expect(codesOf(policy)).toContain("bounds-admissions-only");
  const { launches } = simulate(policy, { uptimeMs: 50 });
  expect(
    mostInWindow(
      launches.map(({ admittedAt }) => admittedAt),
      10_000,
    ),
  ).toBe(1);
  expect(
    mostInWindow(
      launches.map(({ at }) => at),
      10_000,
    ),
  ).toBeGreaterThan(1);
});

it("rules are checked, and what is passed over is passed over", () => {
  expect(() => lint(allOf(), { healthyAfterMs: -1 })).toThrow("lint: healthyAfterMs");
  const preset = { policy: allOf(), onNotYet: "end", gracePeriodMs: 5_000 } as const;
  expect(lint(preset.policy, preset).map(({ code }) => code)).toEqual(["hot-loop"]);
});
