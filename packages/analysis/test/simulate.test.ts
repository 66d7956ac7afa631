import { backoff, constant } from "@steadfast/backoff";
import {
  allOf,
  type Exit,
  giveUp,
  launch,
  lifetimeCap,
  type RestartDecision,
  type RestartPolicy,
  refuse,
  restartOn,
  restartPolicy,
  stopWhen,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  exponential,
  fixed,
  mostInWindow,
  oneOf,
  simulate,
  uniform,
  type World,
} from "../src/index.js";

const every = (delayMs: number) => backoff({ curve: constant({ delayMs }), jitter: "none" });
const completed: Exit = { kind: "completed" };

const atOf = (policy: RestartPolicy, world: World) =>
  simulate(policy, world).launches.map(({ at }) => at);

describe("at the edges", () => {
  it("a fraction of a delay is rounded up, once", () => {
    expect(atOf(every(33.4), { uptimeMs: 0, forMs: 100 })).toEqual([0, 34, 68]);
  });

  it("what happens at exactly the horizon is part of it", () => {
    expect(atOf(allOf(), { uptimeMs: 50, forMs: 100 })).toEqual([0, 50, 100]);
    expect(atOf(allOf(), { uptimeMs: 50, forMs: 99 })).toEqual([0, 50]);
  });

  it("a child that ends at exactly healthyAfterMs was not healthy", () => {
    const healthy = (uptimeMs: number) =>
      simulate(allOf(), { uptimeMs: [uptimeMs] }, { healthyAfterMs: 100 }).launches[0]?.healthy;
    expect([99, 100, 101].map(healthy)).toEqual([false, false, true]);
    expect(
      [0, 1].map(
        (ms) => simulate(allOf(), { uptimeMs: [ms] }, { healthyAfterMs: 0 }).launches[0]?.healthy,
      ),
    ).toEqual([false, true]);
  });

  it("a child that ends at once is launched up to the most launches", () => {
    const { launches, end, untilMs, endedAt } = simulate(allOf(), { uptimeMs: 0, maxLaunches: 7 });
    expect({ launches: launches.length, end, untilMs, endedAt }).toEqual({
      launches: 7,
      end: "max-launches",
      untilMs: 0,
      endedAt: null,
    });
    expect(simulate(allOf(), { uptimeMs: 0, maxLaunches: 0 }).launches).toEqual([]);
  });

  it("no horizon, no launches: the start alone is asked", () => {
    expect(simulate(allOf(), { uptimeMs: 5, forMs: 0 })).toMatchObject({
      end: "horizon",
      untilMs: 0,
      uptimeMs: 0,
    });
    expect(atOf(allOf(), { uptimeMs: 5, forMs: 0 })).toEqual([0]);
  });

  it("the largest instants do not run over", () => {
    const slow = restartPolicy({
      name: "slow",
      launch: (state) => [state, launch(Number.MAX_VALUE)],
    });
    expect(atOf(slow, { uptimeMs: 0, forMs: Number.MAX_SAFE_INTEGER, maxLaunches: 3 })).toEqual(
      Array(3).fill(Number.MAX_SAFE_INTEGER),
    );
  });
});

describe("how it ends", () => {
  const lives = { uptimeMs: 10, exit: completed };
  it.each([
    ["a child that completes is done", restartOn("transient"), lives, "completed", "not-wanted"],
    [
      "a child that fails is not",
      restartOn("temporary"),
      { uptimeMs: 10 },
      "refused",
      "not-wanted",
    ],
    ["stop-when is done, too", stopWhen(() => true), lives, "completed", "stop-when"],
    ["another reason is a refusal", lifetimeCap({ restarts: 0 }), lives, "refused", "cap-reached"],
    [
      "before any exit it cannot be done",
      restartPolicy({ name: "no", launch: (state) => [state, refuse("not-wanted", null)] }),
      lives,
      "refused",
      "not-wanted",
    ],
  ] as const)("%s", (_, policy, world, end, why) => {
    expect(simulate(policy, world)).toMatchObject({ end, why });
  });

  it("onNotYet `end`: a refusal with a time ends it", () => {
    const policy = slidingWindow({ limit: 1, windowMs: 100 });
    expect(simulate(policy, { uptimeMs: 10 }, { onNotYet: "end" })).toMatchObject({
      end: "refused",
      endedAt: 10,
    });
    expect(atOf(policy, { uptimeMs: 10, forMs: 250 })).toEqual([0, 100, 200]);
  });

  it.each([
    ["a decision that is none", "maybe" as never, "a request must be answered"],
    ["a delay that is not a number", launch(Number.NaN), "delayMs must be a finite number"],
    ["no time to wait", refuse("full", 0), "retryAfterMs must be null or a whole number"],
  ])("%s breaks the contract", (_, decision: RestartDecision, why) => {
    const broken: RestartPolicy = { ...allOf(), step: (state) => [state, decision] };
    const result = simulate(broken, { uptimeMs: 1 });
    expect(result).toMatchObject({ end: "failed", launches: [] });
    expect(result.why).toContain(why);
  });

  it("what the policy throws is thrown", () => {
    const broken: RestartPolicy = {
      ...allOf(),
      step() {
        throw new Error("mine");
      },
    };
    expect(() => simulate(broken, { uptimeMs: 1 })).toThrow("mine");
  });
});

describe("uptime and downtime", () => {
  it("add up to the time simulated, whatever is up at the end", () => {
    expect(simulate(every(30), { uptimeMs: 50, forMs: 200 })).toMatchObject({
      uptimeMs: 140,
      downtimeMs: 60,
      untilMs: 200,
    });
    expect(simulate(every(30), { uptimeMs: 50, forMs: 70 })).toMatchObject({
      uptimeMs: 50,
      downtimeMs: 20,
    });
    const ended = simulate(allOf(every(30), lifetimeCap({ restarts: 1 })), { uptimeMs: 50 });
    expect(ended).toMatchObject({ uptimeMs: 100, downtimeMs: 30, untilMs: 130, endedAt: 130 });
  });

  it("a failed spawn has no life, whatever the distribution says", () => {
    const world = {
      uptimeMs: 50,
      exit: { kind: "spawn-failed", error: "ENOENT" },
      forMs: 60,
    } as const;
    const { launches, uptimeMs } = simulate(every(30), world);
    expect(launches.map(({ at }) => at)).toEqual([0, 30, 60]);
    expect(uptimeMs).toBe(0);
  });
});

describe("the world", () => {
  it("a list of lives: after its end they live for ever; of exits: the last one holds", () => {
    const exit = [{ kind: "failed", code: 7 }, completed] as const;
    const { launches } = simulate(allOf(), { uptimeMs: [5, 6, 7], exit });
    expect(launches.map(({ uptimeMs, exit }) => [uptimeMs, exit?.kind ?? null])).toEqual([
      [5, "failed"],
      [6, "completed"],
      [7, "completed"],
      [null, null],
    ]);
  });

  it("orders come after whatever else happens at their instant", () => {
    const cap = lifetimeCap({ restarts: 1 });
    const world = { uptimeMs: 50, forMs: 300 };
    expect(simulate(cap, { ...world, orders: [{ at: 100, order: "reset" }] }).end).toBe("refused");
    expect(atOf(cap, { ...world, orders: [{ at: 99, order: "reset" }] })).toEqual([0, 50, 100]);
  });

  it("a reset asks again at once; a restart ends a wait, and a child without a failure", () => {
    const window = slidingWindow({ limit: 1, windowMs: 1_000 });
    const orders = [
      { at: 200, order: "reset" },
      { at: 220, order: "restart" },
      { at: 300, order: "restart" },
    ] as const;
    const { launches } = simulate(window, { uptimeMs: 50, forMs: 310, orders });
    expect(launches.map(({ at, cause, exit, failed }) => [at, cause, exit?.kind, failed])).toEqual([
      [0, "start", "failed", true],
      [200, "restart", "cancelled", false],
      [220, "operator", "failed", true],
      [300, "operator", undefined, false],
    ]);
  });

  it("an operator's launch is asked for where the rules say so, and may be refused", () => {
    const orders = [{ at: 10, order: "restart" }] as const;
    const world = { uptimeMs: 50, forMs: 40, orders };
    const policy = giveUp(slidingWindow({ limit: 1, windowMs: 1_000 }));
    const asked = simulate(policy, world, { operatorLaunches: "ask" });
    expect(asked.launches).toHaveLength(1);
    expect(asked.refusals).toEqual([
      { at: 10, cause: "operator", reason: "window-full", retryAfterMs: null },
    ]);
    expect(simulate(policy, world).launches).toHaveLength(2);
  });

  it("the wall clock goes along", () => {
    const seen: number[] = [];
    const watching = restartPolicy({
      name: "watching",
      launch(state, { wall }) {
        seen.push(wall);
        return [state, launch()];
      },
    });
    simulate(watching, { uptimeMs: 40, forMs: 80, wallAt: 1_000 });
    expect(seen).toEqual([1_000, 1_040, 1_080]);
  });

  it("two policies meet the very same lives, however often they are asked", () => {
    const world: World = {
      uptimeMs: exponential(500),
      exit: oneOf<Exit>([
        { weight: 1, value: completed },
        { weight: 1, value: { kind: "failed" } },
      ]),
      seed: 4,
      forMs: 20_000,
    };
    const livesOf = (policy: RestartPolicy) =>
      simulate(policy, world)
        .launches.slice(0, 15)
        .map(({ uptimeMs, exit }) => [uptimeMs, exit]);
    const limited = slidingWindow({ limit: 1, windowMs: 600 });
    expect(livesOf(limited)).toEqual(livesOf(allOf()));
    expect(simulate(limited, world).refusals.length).toBeGreaterThan(0);
    expect(simulate(allOf(), world)).toEqual(simulate(allOf(), world));
    expect(livesOf(allOf())).not.toEqual(
      simulate(allOf(), { ...world, seed: 5 })
        .launches.slice(0, 15)
        .map(({ uptimeMs, exit }) => [uptimeMs, exit]),
    );
  });

  it.each([
    ["uptimeMs", { uptimeMs: -1 }],
    ["uptimeMs", { uptimeMs: Number.NaN }],
    ["uptimeMs", { uptimeMs: () => "5" as never }],
    ["exit", { uptimeMs: 1, exit: () => "failed" as never }],
    ["seed", { uptimeMs: 1, seed: Number.POSITIVE_INFINITY }],
    ["forMs", { uptimeMs: 1, forMs: -1 }],
    ["maxLaunches", { uptimeMs: 1, maxLaunches: 1.5 }],
    ["wallAt", { uptimeMs: 1, wallAt: 0.5 }],
    ["orders", { uptimeMs: 1, orders: "reset" as never }],
    ["at", { uptimeMs: 1, orders: [{ at: -1, order: "reset" }] as const }],
    ["order", { uptimeMs: 1, orders: [{ at: 1, order: "stop" }] as never }],
    ["upTimeMs", { uptimeMs: 1, upTimeMs: 1 } as World],
  ])("a bad %s is said", (option, world: World) => {
    expect(() => simulate(allOf(), world)).toThrow(
      new RegExp(`^simulate(: orders)?: (${option} must be|unknown option ${option})`),
    );
  });

  it.each([
    ["isFailure", { isFailure: true as never }],
    ["onNotYet", { onNotYet: "stop" as never }],
    ["operatorLaunches", { operatorLaunches: "never" as never }],
    ["healthyAfterMs", { healthyAfterMs: -1 }],
  ])("a bad rule %s is said", (option, rules) => {
    expect(() => simulate(allOf(), { uptimeMs: 1 }, rules)).toThrow(`simulate: ${option} must be`);
  });
});

describe("distributions", () => {
  const N = 4_000;
  const samples = <Value>(sampler: (attempt: number, random: () => number) => Value): Value[] => {
    const drawn: Value[] = [];
    const keep = (attempt: number, random: () => number) => {
      drawn.push(sampler(attempt, random));
      return 0;
    };
    simulate(allOf(), { uptimeMs: keep, maxLaunches: N, seed: 9 });
    return drawn;
  };
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;

  it("fixed is fixed", () => expect(new Set(samples(fixed(900)))).toEqual(new Set([900])));

  it("uniform is in its range, and its mean in the middle", () => {
    const all = samples(uniform(100, 200));
    expect(Math.min(...all)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...all)).toBeLessThan(200);
    expect(mean(all)).toBeCloseTo(150, -1);
    expect(new Set(samples(uniform(7, 7)))).toEqual(new Set([7]));
  });

  it("exponential has its mean, its median at ln 2 of it, and no memory", () => {
    const all = samples(exponential(1_000)).sort((one, other) => one - other);
    expect(mean(all) / 1_000).toBeGreaterThan(0.94);
    expect(mean(all) / 1_000).toBeLessThan(1.06);
    expect((all[N / 2] as number) / (1_000 * Math.LN2)).toBeCloseTo(1, 0.9);
    const old = all.filter((ms) => ms >= 1_000);
    expect(mean(old.map((ms) => ms - 1_000)) / 1_000).toBeCloseTo(1, 0.5);
    expect(new Set(samples(exponential(0)))).toEqual(new Set([-0]));
  });

  it("oneOf takes each as often as its weight says, and never what weighs nothing", () => {
    const all = samples(
      oneOf([
        { weight: 3, value: "a" },
        { weight: 0, value: "b" },
        { weight: 1, value: "c" },
      ]),
    );
    expect(all.filter((one) => one === "a").length / N).toBeCloseTo(0.75, 1);
    expect(all).not.toContain("b");
    expect(
      oneOf([
        { weight: 1, value: 5 },
        { weight: 0, value: 6 },
      ])(1, () => 0.999_999_999),
    ).toBe(5);
  });

  it("bad ones are said", () => {
    expect(() => fixed(-1)).toThrow("fixed: ms");
    expect(() => uniform(5, 4)).toThrow("uniform: highMs");
    expect(() => exponential(Number.NaN)).toThrow("exponential: meanMs");
    expect(() => oneOf([])).toThrow("oneOf: choices");
    expect(() => oneOf([{ weight: 0, value: 1 }])).toThrow("oneOf: choices");
    expect(() => oneOf([{ weight: -1, value: 1 }])).toThrow("oneOf: weight");
  });
});

it("mostInWindow is what counting every window gives", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60), { maxLength: 20 }), fc.nat(20), (some, windowMs) => {
      const instants = some.sort((one, other) => one - other);
      let most = 0;
      for (let from = 0; from <= 60; from++) {
        most = Math.max(most, instants.filter((at) => at >= from && at < from + windowMs).length);
      }
      expect(mostInWindow(instants, windowMs)).toBe(most);
    }),
  );
});

describe("what else a supervision does", () => {
  const crashing = { uptimeMs: 50, forMs: 1_000 } as const;

  it("a run that is too long is ended as timed-out, at exactly that age", () => {
    const world = { uptimeMs: [99, 100, 101], forMs: 500 };
    const { launches } = simulate(every(30), world, { maxRunMs: 100 });
    expect(
      launches.map(({ at, uptimeMs, exit, failed }) => [at, uptimeMs, exit?.kind, failed]),
    ).toEqual([
      [0, 99, "failed", true],
      [129, 100, "failed", true],
      [259, 100, "timed-out", true],
      [389, 100, "timed-out", true],
    ]);
  });

  it.each([
    [80, [0], 50, "the next one would begin at exactly the deadline"],
    [81, [0, 80], 81, "it begins 1 ms before, and is ended at it"],
  ])("all attempts together end at exactly %i ms: %s", (deadlineMs, launchedAt, endsAt, _why) => {
    const { launches, refusals, end, endedAt } = simulate(every(30), crashing, { deadlineMs });
    expect(launches.map(({ at }) => at)).toEqual(launchedAt);
    expect([end, endedAt]).toEqual(["refused", endsAt]);
    expect(refusals.at(-1)).toMatchObject({ at: endsAt, reason: "deadline", retryAfterMs: null });
  });

  it("a refusal for good is held until an operator's order, if it is said so", () => {
    const policy = lifetimeCap({ restarts: 1 });
    const held = simulate(
      policy,
      { ...crashing, orders: [{ at: 400, order: "reset" }] },
      { onRefused: "hold" },
    );
    expect(held.launches.map(({ at }) => at)).toEqual([0, 50, 400]);
    expect([held.end, held.why, held.downtimeMs]).toEqual(["horizon", null, 850]);
    expect(simulate(policy, crashing).end).toBe("refused");
  });

  it("a planned restart by age is no failure, and the policy is not asked", () => {
    const policy = giveUp(slidingWindow({ limit: 1, windowMs: 10_000 }));
    const world = { uptimeMs: Number.POSITIVE_INFINITY, forMs: 250 };
    const { launches, refusals } = simulate(policy, world, { recycle: { ageMs: 100 } });
    expect(launches.map(({ at, cause, failed }) => [at, cause, failed])).toEqual([
      [0, "start", false],
      [100, "operator", false],
      [200, "operator", false],
    ]);
    expect(refusals).toEqual([]);
  });

  it.each([
    ["onRefused", { onRefused: "wait" as never }],
    ["maxRunMs", { maxRunMs: -1 }],
    ["deadlineMs", { deadlineMs: 1.5 }],
  ])("a bad %s is said", (option, rules) => {
    expect(() => simulate(allOf(), crashing, rules)).toThrow(`simulate: ${option} must be`);
  });
});
