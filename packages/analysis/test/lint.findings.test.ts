// What was found by trying unseen policies, with its own input and the right answer, and more of its kind.

import { backoff, constant, linear, steps, table } from "@steadfast/backoff";
import { crashBudget, decayingBudget } from "@steadfast/crash-budget";
import {
  allOf,
  coarse,
  giveUp,
  giveUpOn,
  inTurn,
  lifetimeCap,
  type RestartPolicy,
  restartOn,
  restartPolicy,
  stopWhen,
  waitOut,
  when,
} from "@steadfast/policy";
import { kubernetes, pm2, systemd, systemdRestartSteps } from "@steadfast/presets";
import { pausingWindow, slidingWindow } from "@steadfast/sliding-window";
import { describe, expect, it } from "vitest";
import { type FindingCode, lint, simulate } from "../src/index.js";

const MAX = Number.MAX_SAFE_INTEGER;
const HOUR = 3_600_000;
const every = (delayMs: number) => backoff({ curve: constant({ delayMs }), jitter: "none" });
const window = (limit: number, windowMs: number) => slidingWindow({ limit, windowMs });
const failures = (limit: number, windowMs: number) =>
  slidingWindow({ limit, windowMs, counts: "failures" });
const codesOf = (policy: RestartPolicy, rules = {}) => lint(policy, rules).map(({ code }) => code);
const OUT: readonly FindingCode[] = ["limit-unreachable", "window-shorter-than-cycle"];
const outOf = (policy: RestartPolicy, rules = {}) =>
  lint(policy, rules).filter(({ code }) => OUT.includes(code));

describe("F-3: a failure limit that `inTurn` puts behind growing delays", () => {
  const behind = (initialMs: number, capMs: number, limit: number, windowMs: number) =>
    inTurn(backoff({ initialMs, capMs, jitter: "none" }), giveUp(failures(limit, windowMs)));

  it("the last failure serves the delay of its own place", () => {
    const policy = behind(200, 5_000, 6, 10_000);
    const findings = lint(policy);
    expect(findings.map(({ code }) => code)).toEqual(["limit-unreachable"]);
    expect(findings[0]).toMatchObject({
      by: "proof",
      path: [1, 0],
      numbers: { neededWindowMs: 11_201, reachable: 5 },
      fix: "set windowMs to at least 11 201, or limit to at most 5",
    });
    expect(simulate(policy, { uptimeMs: 0, forMs: HOUR }).launches).toHaveLength(724);
    const fixed = simulate(behind(200, 5_000, 6, 11_201), { uptimeMs: 0, forMs: HOUR });
    expect([fixed.launches.length, fixed.end]).toEqual([6, "refused"]);
    expect(codesOf(behind(200, 5_000, 6, 11_201))).toEqual([]);
    expect(codesOf(behind(200, 5_000, 6, 11_200))).toEqual(["limit-unreachable"]);
    expect(codesOf(behind(200, 5_000, 5, 10_000))).toEqual([]);
  });

  it("where only a child that is healthy in between could reach it, a crash loop is what counts", () => {
    const [found, ...others] = lint(behind(3_000, 24_000, 5, 60_000));
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      code: "limit-unreachable",
      by: "simulation",
      path: [1, 0],
      numbers: { limit: 5, windowMs: 60_000, neededWindowMs: 69_001, reachable: 4 },
    });
    expect(codesOf(behind(3_000, 24_000, 5, 69_001))).toEqual([]);
    expect(codesOf(behind(3_000, 24_000, 5, 69_000))).toEqual(["limit-unreachable"]);
    expect(codesOf(behind(3_000, 24_000, 4, 60_000))).toEqual([]);
  });
});

/** Each: a limit that is just out of reach, and the smallest window that brings it back. */
const between: readonly (readonly [
  what: string,
  policy: (windowMs: number) => RestartPolicy,
  neededMs: number,
])[] = [
  [
    "linear delays",
    (ms) =>
      inTurn(
        backoff({ curve: linear({ initialMs: 1_000, incrementMs: 1_000 }), jitter: "none" }),
        giveUp(failures(4, ms)),
      ),
    10_001,
  ],
  [
    "a table",
    (ms) =>
      inTurn(
        backoff({ curve: table([1_000, 5_000, 10_000]), jitter: "none" }),
        giveUp(failures(3, ms)),
      ),
    16_001,
  ],
  [
    "steps",
    (ms) =>
      inTurn(
        backoff({ curve: steps({ initialMs: 1_000, maxMs: 4_000, steps: 2 }), jitter: "none" }),
        giveUp(window(4, ms)),
      ),
    11_001,
  ],
  [
    "two delays in turn",
    (ms) => inTurn(every(1_000), inTurn(every(2_000), giveUp(failures(3, ms)))),
    9_001,
  ],
  [
    "two delays side by side",
    (ms) => allOf(every(1_000), every(2_000), giveUp(failures(3, ms))),
    4_001,
  ],
  ["a waiting window", (ms) => allOf(giveUp(window(10, ms)), window(1, 10_000)), 90_001],
  ["a waiting window in turn", (ms) => inTurn(window(2, 10_000), giveUp(window(10, ms))), 50_001],
  [
    "a waiting budget",
    (ms) =>
      allOf(crashBudget({ retries: 1, windowMs: 5_000, retryDelayMs: 0 }), giveUp(failures(6, ms))),
    10_001,
  ],
  [
    "a pause after its window",
    (ms) => inTurn(every(1_000), pausingWindow({ limit: 4, windowMs: ms, pauseMs: 60_000 })),
    3_001,
  ],
  [
    "predicates",
    (ms) =>
      allOf(
        giveUpOn(() => false),
        stopWhen(() => false),
        every(1_000),
        giveUp(window(6, ms)),
      ),
    5_001,
  ],
  ["a coarse clock", (ms) => allOf(coarse(giveUp(window(6, ms)), 500), every(1_000)), 5_001],
  [
    "a composition in a composition",
    (ms) => giveUp(allOf(allOf(inTurn(every(100), allOf(window(4, ms))), restartOn("permanent")))),
    401,
  ],
  [
    "a closed edge",
    (ms) => inTurn(every(1_000), giveUp(slidingWindow({ limit: 4, windowMs: ms, edge: "closed" }))),
    4_000,
  ],
  [
    "a budget",
    (ms) =>
      inTurn(every(1_000), giveUp(crashBudget({ retries: 4, windowMs: ms, retryDelayMs: 0 }))),
    5_001,
  ],
  [
    "a budget of launches",
    (ms) =>
      inTurn(
        every(1_000),
        giveUp(crashBudget({ retries: 4, windowMs: ms, retryDelayMs: 0, counts: "launches" })),
      ),
    5_001,
  ],
];

describe("a limit is out of reach whatever stands between", () => {
  it.each(between)("%s", (_, policy, neededMs) => {
    const [found, ...others] = outOf(policy(neededMs - 1));
    expect(others).toEqual([]);
    expect(found?.numbers.neededWindowMs).toBe(neededMs);
    expect(outOf(policy(neededMs))).toEqual([]);
    expect(codesOf(policy(neededMs - 1))).not.toContain("endless-restarts");
  });
});

describe("F-4: a limit inside a preset is named, in the words of the preset", () => {
  const unit = (startLimitBurst: number) =>
    systemd({
      restart: "always",
      restartMs: 1_000,
      restartSteps: 6,
      restartMaxDelayMs: 60_000,
      startLimitIntervalMs: 600_000,
      startLimitBurst,
    });

  it("bursts from 15 on are never reached, 14 is", () => {
    const preset = unit(60);
    const [found] = outOf(preset.policy, preset);
    expect(found).toMatchObject({ code: "limit-unreachable", path: [0, 1] });
    expect(found?.message).toContain("startLimitBurst 60");
    expect(found?.fix).toMatch(/startLimitIntervalMs .* startLimitBurst to at most 14$/);
    expect(codesOf(preset.policy, preset)).not.toContain("endless-restarts");
    expect(outOf(unit(15).policy, unit(15))).toHaveLength(1);
    expect(outOf(unit(14).policy, unit(14))).toEqual([]);
  });

  it("a limit of a kind that is not known is named as well", () => {
    const delayed = pm2({ restartDelayMs: 5_000 });
    const [found] = outOf(delayed.policy, delayed);
    expect(found?.message).toContain("maxRestarts 16");
    expect(codesOf(delayed.policy, delayed)).not.toContain("endless-restarts");
  });
});

describe("what is there already is not advised", () => {
  it.each([
    [
      "a window of no length",
      slidingWindow({ limit: 4, windowMs: 0 }),
      "set windowMs of slidingWindow to at least 1",
    ],
    [
      "with a delay",
      allOf(every(500), giveUp(window(4, 0))),
      "set windowMs of slidingWindow to at least 1",
    ],
    [
      "a limit that is off",
      allOf(every(500), lifetimeCap({ restarts: MAX })),
      "lower restarts of lifetimeCap",
    ],
    [
      "a limit of 0 that is none",
      allOf(every(500), slidingWindow({ limit: 0, windowMs: 9_000, limitZero: "unlimited" })),
      "set limit of slidingWindow to at least 1",
    ],
    [
      "a pause of no length",
      allOf(every(500), decayingBudget({ pauseMs: 0 })),
      "set pauseMs of decayingBudget",
    ],
    ["a delay of 0", backoff({ initialMs: 0 }), "give backoff a delay"],
  ] as const)("%s", (_, policy, fix) => {
    const [found] = lint(policy).filter(({ code }) => /hot-loop|endless/.test(code));
    expect(found?.fix).toContain(fix);
    expect(found?.fix).not.toContain("compose");
  });
});

describe("F-5: nobody waits for a child that lives for seventy years", () => {
  const forLife = giveUp(crashBudget({ retries: 5, windowMs: MAX, retryDelayMs: 0 }));

  it.each([
    ["by itself", forLife],
    [
      "with giveUpOn",
      allOf(
        giveUpOn(() => false),
        forLife,
      ),
    ],
    [
      "with stopWhen",
      allOf(
        stopWhen(() => false),
        forLife,
      ),
    ],
    [
      "with both, in turn",
      inTurn(
        stopWhen(() => false),
        inTurn(
          giveUpOn(() => false),
          forLife,
        ),
      ),
    ],
  ])("%s: nothing to say", (_, policy) => expect(lint(policy)).toEqual([]));

  it("nor where a policy of another kind is there", () => {
    const own = restartPolicy({
      name: "own",
      launch: (state) => [state, { type: "launch", delayMs: 0 }],
    });
    expect(lint(allOf(own, forLife))).toEqual([]);
  });
});

describe("F-8: an option that does nothing", () => {
  it.each([
    [
      "a maximum without steps",
      systemd({ restart: "always", restartMs: 1_000, restartMaxDelayMs: 60_000 }).policy,
      "restartMaxDelayMs",
    ],
    [
      "the same, by itself",
      systemdRestartSteps({ restartMaxDelayMs: 60_000 }).policy,
      "restartMaxDelayMs",
    ],
    [
      "steps without a maximum",
      systemd({ restart: "always", restartSteps: 4 }).policy,
      "restartSteps",
    ],
    [
      "steps to no more than the first",
      systemd({ restart: "always", restartMs: 1_000, restartSteps: 4, restartMaxDelayMs: 1_000 })
        .policy,
      "restartSteps",
    ],
    [
      "pm2's two delays",
      pm2({ restartDelayMs: 1_000, expBackoffRestartDelayMs: 100 }).policy,
      "restartDelayMs",
    ],
    [
      "a cap above a constant delay",
      backoff({ curve: constant({ delayMs: 500 }), capMs: 501 }),
      "capMs",
    ],
    ["a cap above a table", backoff({ curve: table([100, 900, 300]), capMs: 1_000 }), "capMs"],
    [
      "a cap above a delay that does not grow",
      allOf(backoff({ initialMs: 700, factor: 1, capMs: 5_000 })),
      "capMs",
    ],
  ] as const)("%s", (_, policy, option) => {
    const found = lint(policy).filter(({ code }) => code === "option-without-effect");
    expect(found.map(({ numbers }) => Object.keys(numbers))).toEqual([[option]]);
    expect(found[0]?.message).toContain(`${option} `);
  });

  it.each([
    [
      "steps and a maximum",
      systemd({ restart: "always", restartSteps: 4, restartMaxDelayMs: 60_000 }).policy,
    ],
    ["neither", systemd({ restart: "always" }).policy],
    ["one of pm2's delays", pm2({ restartDelayMs: 1_000 }).policy],
    ["a cap that cuts", backoff({ curve: table([100, 900, 300]), capMs: 899 })],
    [
      "a cap that is the constant delay",
      backoff({ curve: constant({ delayMs: 500 }), capMs: 500 }),
    ],
    ["the default cap", backoff({ initialMs: 700, factor: 1 })],
    ["no cap", backoff({ curve: constant({ delayMs: 500 }) })],
    ["a cap that growth reaches", backoff()],
    ["a preset's own cap", kubernetes().policy],
  ] as const)("not: %s", (_, policy) => {
    expect(codesOf(policy)).not.toContain("option-without-effect");
  });
});

describe("decisions by cause, and waits that are delays", () => {
  const crashes = (policy: RestartPolicy) => when(({ kind }) => kind === "failed", policy);

  it("a limit that is out of reach behind `waitOut` or inside `when` is found, with its path", () => {
    const late = (limit: number) => inTurn(every(10_000), giveUp(window(limit, 60_000)));
    expect(outOf(waitOut(late(10)))).toMatchObject([{ path: [0, 1, 0] }]);
    expect(outOf(waitOut(late(5)))).toEqual([]);
    expect(outOf(crashes(late(10)))).toMatchObject([{ path: [0, 1, 0] }]);
    expect(outOf(crashes(late(5)))).toEqual([]);
  });

  it("a budget per cause is no finding", () => {
    const perCause = allOf(
      crashes(inTurn(backoff(), giveUp(window(10, 600_000)))),
      when(({ kind }) => kind === "spawn-failed", giveUp(crashBudget({ retries: 2 }))),
    );
    expect(lint(perCause)).toEqual([]);
  });

  it("where `waitOut` leaves no refusal, nothing ends a crash loop, and that is said once", () => {
    const limited = inTurn(backoff(), window(10, 600_000));
    expect(lint(limited)).toEqual([]);
    expect(lint(waitOut(limited))).toMatchObject([{ code: "endless-restarts", path: [] }]);
    expect(lint(waitOut(inTurn(backoff(), giveUp(window(10, 600_000)))))).toEqual([]);
  });
});
