import { backoff, constant } from "@steadfast/backoff";
import { crashBudget } from "@steadfast/crash-budget";
import {
  allOf,
  giveUp,
  launch,
  lifetimeCap,
  type RestartPolicy,
  refuse,
  restartOn,
  restartPolicy,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { describe, expect, it } from "vitest";
import { type DiffOptions, diff, simulate } from "../src/index.js";

const window = (limit: number, windowMs: number) => slidingWindow({ limit, windowMs });

/** Refuses at the third request, for so long or for good; launches each time after so long. */
const third = (reason: string, retryAfterMs: number | null, delayMs = 0): RestartPolicy =>
  restartPolicy<number>({
    name: reason,
    initial: () => 0,
    launch: (asked) => [asked + 1, asked === 2 ? refuse(reason, retryAfterMs) : launch(delayMs)],
  });

const few: DiffOptions = { runs: 5, maxLives: 6 };

describe("what counts as a difference", () => {
  it.each([
    ["reasons are named differently everywhere", third("a", 5), third("b", 5), "decisions", false],
    ["unless they are asked for", third("a", 5), third("b", 5), "reasons", true],
    ["the time to wait", third("a", 5), third("a", 6), "decisions", true],
    ["not for kinds", third("a", 5), third("a", 6), "kinds", false],
    ["never is another kind than not yet", third("a", 5), third("a", null), "kinds", true],
    ["a delay", third("a", 5), third("a", 5, 1), "decisions", true],
    ["not for kinds", third("a", 5), third("a", 5, 1), "kinds", false],
    ["a launch is another kind", third("a", 5), allOf(), "kinds", true],
  ] as const)("%s: %s", (_, a, b, compare, differ) => {
    expect(diff(a, b, { ...few, compare }).differ).toBe(differ);
  });

  it("or what a function says", () => {
    const always = () => true;
    expect(diff(third("a", 5), third("b", null), { ...few, compare: always }).differ).toBe(false);
    const found = diff(third("a", 5), third("a", 5), { ...few, compare: () => false });
    expect(found.trace).toHaveLength(1);
  });
});

it("kinds: the child is up when the slower of the two would launch it", () => {
  const slow = restartPolicy({ name: "slow", launch: (state) => [state, launch(10.5)] });
  const found = diff(allOf(slow, lifetimeCap({ restarts: 1 })), lifetimeCap({ restarts: 2 }), {
    ...few,
    compare: "kinds",
  });
  expect(found.trace.map(({ at }) => at)).toEqual([0, 11, 11, 22, 22]);
});

describe("each side is a preset, if it is one", () => {
  it("its own judge of exits, whose verdict the first side's is the one shown", () => {
    const transient = restartOn("transient");
    const strict = { policy: transient, isFailure: () => true };
    const found = diff(transient, strict, few);
    expect(found.lives).toEqual([{ uptimeMs: 0, exit: { kind: "completed" } }]);
    expect(found.trace[1]?.event).toMatchObject({ failed: false });
    expect(diff(strict, transient, few).trace[1]?.event).toMatchObject({ failed: true });
    expect(diff(strict, { ...strict }, few).differ).toBe(false);
  });

  it("where a refusal with a time ends it, that is a never", () => {
    const ends = { policy: window(2, 50), onNotYet: "end" } as const;
    expect(diff(ends, giveUp(window(2, 50)), few).differ).toBe(false);
    const found = diff(ends, window(2, 50), few);
    expect(found.trace.at(-1)).toMatchObject({
      a: { type: "refuse", retryAfterMs: null },
      b: { type: "refuse", retryAfterMs: 50 },
    });
  });

  it("its own time after which a child is healthy: the other one is not told", () => {
    const counting = restartPolicy<number>({
      name: "healthy-once",
      initial: () => 0,
      healthy: (told) => told + 1,
      launch: (told) => [told, launch(told === 0 ? 0 : 7)],
    });
    const soon = { policy: counting, healthyAfterMs: 20 };
    const found = diff(soon, { ...soon, healthyAfterMs: 30 }, few);
    expect(found.lives.map(({ uptimeMs }) => uptimeMs)).toEqual([21]);
    expect(found.trace[1]).toEqual({
      at: 20,
      event: { type: "healthy" },
      a: { type: "noted" },
      b: null,
    });
    expect(found.table.split("\n").map((line) => line.trim())).toEqual([
      "at ms  event                         healthy-once (a)  healthy-once (b)",
      "0  start?                        launch            launch",
      "20  healthy                       noted             not yet healthy",
      "21  failed after 21 ms; restart?  launch in 7 ms    launch",
    ]);
  });
});

it("what was refused for a time is asked again when that is over, and goes on", () => {
  const exits = [{ kind: "spawn-failed", error: "ENOENT" }] as const;
  const capped = allOf(window(1, 50), lifetimeCap({ restarts: 1 }));
  const found = diff(window(1, 50), capped, { ...few, exits });
  expect(found.trace.map(({ at, event }) => `${at} ${event.type}`)).toEqual([
    "0 launch",
    "0 exited",
    "0 launch",
    "50 launch",
    "50 exited",
    "50 launch",
  ]);
});

it("the lives are a world: simulate ends as the trace does", () => {
  const one = giveUp(window(3, 100));
  const other = giveUp(window(3, 101));
  const found = diff(one, other);
  expect(found.differ).toBe(true);
  const world = { uptimeMs: found.lives.map(({ uptimeMs }) => uptimeMs) ?? [] };
  const ends = [one, other].map((policy) => simulate(policy, world).end);
  expect(ends.sort()).toEqual(["horizon", "refused"]);
  expect(found.trace.at(-1)?.at).toBe(100);
});

it("options are checked", () => {
  const bad = (options: object) => () => diff(allOf(), allOf(), options);
  expect(bad({ maxLives: 10_001 })).toThrow("diff: maxLives");
  expect(bad({ runs: -1 })).toThrow("diff: runs");
  expect(bad({ seed: Number.NaN })).toThrow("diff: seed");
  expect(bad({ exits: [] })).toThrow("diff: exits");
  expect(bad({ compare: "kind" })).toThrow("diff: compare");
  expect(bad({ more: 1 })).toThrow("diff: unknown option more");
  expect(() => diff({} as RestartPolicy, allOf())).toThrow("diff: a must be a restart policy");
  expect(() => diff(allOf(), { policy: allOf(), healthyAfterMs: -1 })).toThrow(
    "diff: healthyAfterMs",
  );
});

it("no lives: only the start is compared", () => {
  expect(diff(lifetimeCap({ restarts: 0 }), allOf(), { maxLives: 0 }).differ).toBe(false);
  expect(diff(window(0, 1), allOf(), { maxLives: 0 }).lives).toEqual([]);
});

describe("how far it looked", () => {
  it("is as far as the limits in the descriptions say", () => {
    const differ = diff(window(200, 600_000), window(201, 600_000));
    expect(differ.lives).toHaveLength(200);
    expect(differ.table.split("\n")).toEqual([
      "at ms  event                                    slidingWindow (a)                slidingWindow (b)",
      "    0  start?                                   launch                           launch",
      "    0  failed after 0 ms; restart? (199 times)  launch                           launch",
      "    0  failed after 0 ms; restart?              not for 600 000 ms: window-full  launch",
    ]);
  });

  it.each([
    ["a cap", lifetimeCap({ restarts: 1_000 }), lifetimeCap({ restarts: 1_001 }), 1_001],
    [
      "failures, deep inside",
      giveUp(allOf(slidingWindow({ limit: 400, windowMs: 60_000, counts: "failures" }))),
      giveUp(allOf(slidingWindow({ limit: 401, windowMs: 60_000, counts: "failures" }))),
      400,
    ],
    [
      "a budget",
      crashBudget({ retries: 300, retryDelayMs: 0 }),
      crashBudget({ retries: 301, retryDelayMs: 0 }),
      301,
    ],
    ["thousands", window(5_000, 600_000), window(5_001, 600_000), 5_000],
  ] as const)("%s", (_, a, b, lives) => {
    expect(diff(a, b).lives).toHaveLength(lives);
  });

  it("is said where none was found, and no more than the options allow", () => {
    const same = diff(window(200, 600_000), window(200, 600_000));
    expect(same).toMatchObject({ differ: false, trace: [], lives: [] });
    expect(same.looked.lives).toBe(202);
    expect(same.looked.allUpTo).toBeGreaterThan(1);
    expect(same.table).toMatch(
      /^no difference in [\d ]+ traces of up to 202 lives, all of up to \d that matter among them$/,
    );
    const near = diff(window(200, 600_000), window(201, 600_000), { maxLives: 60 });
    expect([near.differ, near.looked.lives]).toEqual([false, 60]);
    expect(diff(allOf(), allOf(), { maxLives: 0 }).looked).toEqual({
      traces: 1,
      lives: 0,
      allUpTo: 0,
    });
  });

  it("a limit that is turned off is not looked up to", () => {
    const off = lifetimeCap({ restarts: Number.MAX_SAFE_INTEGER });
    expect(diff(off, off).looked.lives).toBe(60);
  });
});

describe("the table", () => {
  it("says the same only once, with how often and from when to when", () => {
    const delay = backoff({ curve: constant({ delayMs: 100 }), jitter: "none" });
    const made = (limit: number) => allOf(giveUp(window(limit, 600_000)), delay);
    expect(diff(made(9), made(10), { names: ["nine", "ten"] }).table.split("\n")).toEqual([
      "   at ms  event                                  nine                ten",
      "       0  start?                                 launch              launch",
      "0 to 700  failed after 0 ms; restart? (8 times)  launch in 100 ms    launch in 100 ms",
      "     800  failed after 0 ms; restart?            never: window-full  launch in 100 ms",
    ]);
  });

  it("has two names at its head, also where both are called alike", () => {
    const head = (names?: readonly [string, string]) =>
      diff(window(1, 50), window(2, 50), names ? { names } : {}).table.split("\n")[0];
    expect(head()).toMatch(/slidingWindow \(a\) +slidingWindow \(b\)$/);
    expect(head(["one", "one"])).toMatch(/one \(a\) +one \(b\)$/);
    expect(head(["one", "two"])).toMatch(/one +two$/);
  });
});
