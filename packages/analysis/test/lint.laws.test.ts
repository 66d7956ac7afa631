// What is proved holds in simulations; what is not found is really reached.

import { backoff, constant } from "@steadfast/backoff";
import { crashBudget } from "@steadfast/crash-budget";
import { allOf, giveUp, inTurn, type RestartPolicy } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import fc from "fast-check";
import { expect, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import { explain, lint, type SupervisionRules, simulate } from "../src/index.js";
import { anyPolicy } from "./any-policy.js";

const UNREACHABLE = ["limit-unreachable", "window-shorter-than-cycle"];

const ENDLESS = [...UNREACHABLE, "hot-loop", "endless-restarts"];

const unreachable = (policy: RestartPolicy, rules?: SupervisionRules) =>
  lint(policy, rules).filter(({ code }) => UNREACHABLE.includes(code));

const isUnreachable = (policy: RestartPolicy) => unreachable(policy).length > 0;

const window = fc.record({
  limit: fc.integer({ min: 1, max: 6 }),
  windowMs: fc.integer({ min: 1, max: 300 }),
  edge: fc.constantFrom("half-open" as const, "closed" as const),
  counts: fc.constantFrom("launches" as const, "restarts" as const, "failures" as const),
  tripAt: fc.constantFrom("limit" as const, "over-limit" as const),
});

const composed = fc
  .tuple(window, fc.integer({ min: 1, max: 100 }), fc.boolean())
  .map(([options, delayMs, after]): RestartPolicy => {
    const delay = backoff({ curve: constant({ delayMs }), jitter: "none" });
    const limit = giveUp(slidingWindow(options));
    const policy: RestartPolicy = after ? inTurn(delay, limit) : allOf(limit, delay);
    return Object.assign(
      { ...policy },
      { [fc.toStringMethod]: () => JSON.stringify(policy.describe) },
    );
  });

it("constant delays: a limit is out of reach if and only if a child that crashes at once never meets it", () => {
  const world = { uptimeMs: 0, maxLaunches: 50, forMs: Number.MAX_SAFE_INTEGER };
  for (const wanted of [true, false]) {
    often(
      composed,
      (policy) => {
        const met = simulate(policy, world).end === "refused";
        expect(isUnreachable(policy)).toBe(!met);
        return met === wanted;
      },
      0.2,
    );
  }
});

it("any composition: what is proved to be out of reach is never refused by it, whatever the child's lives", () => {
  const lives = fc.array(fc.constantFrom(0, 0, 1, 5, 25, 60, 200), {
    minLength: 40,
    maxLength: 40,
  });
  const growing = fc
    .tuple(window, fc.integer({ min: 1, max: 40 }), fc.constantFrom(null, 20, 50), fc.boolean())
    .map(([options, initialMs, resetAfterMs, after]): RestartPolicy => {
      const delay = backoff({ initialMs, capMs: 200, resetAfterMs, jitter: "none" });
      return after ? inTurn(delay, slidingWindow(options)) : allOf(slidingWindow(options), delay);
    });
  often(
    fc.record({ policy: growing, uptimeMs: lives, healthyAfterMs: fc.constantFrom(30, 10_000) }),
    ({ policy, uptimeMs, healthyAfterMs }) => {
      const out = unreachable(policy, { healthyAfterMs }).some(({ by }) => by === "proof");
      const { refusals } = simulate(policy, { uptimeMs }, { healthyAfterMs });
      if (out) expect(refusals).toEqual([]);
      return out;
    },
    0.1,
  );
});

it("a policy without findings refuses a child that crashes for ever, within its own limits", () => {
  often(anyPolicy, (policy) => {
    if (lint(policy).some(({ code }) => ENDLESS.includes(code))) return false;
    const { refusals, end } = simulate(policy, { uptimeMs: 0, maxLaunches: 10_001 });
    expect(refusals.length > 0 || end !== "max-launches").toBe(true);
    return true;
  });
});

it("a hot loop is one: all launches fall on one instant; what is endless is never refused", () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      for (const { code } of lint(policy)) {
        met.add(code);
        if (code !== "hot-loop" && code !== "endless-restarts") continue;
        const { launches, refusals } = simulate(policy, { uptimeMs: 0, maxLaunches: 500 });
        expect(refusals).toEqual([]);
        const last = launches.at(-1)?.at ?? 0;
        if (code === "hot-loop") expect(last).toBe(0);
        else expect(last).toBeGreaterThan(0);
      }
    }),
  );
  expect([...met]).toEqual(expect.arrayContaining(["hot-loop", "endless-restarts"]));
});

/** What the limits of a known kind inside a policy say in a crash loop: by path, whether any said no. */
function crashLoop(policy: RestartPolicy, maxLaunches: number, draw?: number) {
  const refused = new Map<string, boolean>();
  const watched: RestartPolicy = {
    ...policy,
    step(state, event, now) {
      const lucky = event.type === "launch" && draw !== undefined ? { ...event, draw } : event;
      for (const { path, kind, decision } of explain(policy, state, lucky, now).parts) {
        if (!["slidingWindow", "crashBudget"].includes(kind) || decision === null) continue;
        const key = path.join(".");
        refused.set(key, (refused.get(key) ?? false) || decision.type === "refuse");
      }
      return policy.step(state, lucky, now);
    },
  };
  const { end } = simulate(watched, { uptimeMs: 0, maxLaunches, forMs: Number.MAX_SAFE_INTEGER });
  return { refused, endless: end === "max-launches" };
}

const isSteady = (policy: RestartPolicy) =>
  !/full|equal|proportional/.test(JSON.stringify(policy.describe));

it("what is called out of reach is not reached by a crash loop, and one that is proved by no lucky one", () => {
  often(anyPolicy, (policy) => {
    const out = unreachable(policy).filter(({ message }) => !message.startsWith("decayingBudget"));
    if (out.length === 0) return false;
    // What is drawn may be luckier in a longer world; what is not goes on as it went.
    const { refused } = crashLoop(policy, isSteady(policy) ? 3_000 : 1_000);
    const lucky = crashLoop(policy, 1_000, 0).refused;
    for (const { path, by } of out) {
      expect(refused.get(path.join(".")), path.join(".")).toBe(false);
      if (by === "proof") expect(lucky.get(path.join("."))).toBe(false);
    }
    return true;
  });
});

it("what loops for ever with a limit inside is told, and with the place of the limit", () => {
  often(anyPolicy, (policy) => {
    const { refused, endless } = crashLoop(policy, 1_000);
    const silent = [...refused].filter(([, said]) => !said).map(([path]) => path);
    if (!endless || silent.length === 0) return false;
    const told = unreachable(policy).map(({ path }) => path.join("."));
    const limits = silent.filter((path) => holds(policy, path));
    expect(told).toEqual(expect.arrayContaining(limits));
    return limits.length > 0;
  });
});

/** Whether the policy at that place is a limit at all: one of no length is none. */
function holds(policy: RestartPolicy, path: string): boolean {
  let { describe } = policy;
  for (const i of path === "" ? [] : path.split(".")) {
    describe = describe.members?.[Number(i)] as typeof describe;
  }
  const { windowMs, edge, limit } = describe.options;
  return (Number(windowMs) > 0 || edge === "closed") && limit !== 0;
}

it("no consequence is told beside its cause", () => {
  often(anyPolicy, (policy) => {
    const codes = lint(policy).map(({ code }) => code);
    const out = codes.some((code) => UNREACHABLE.includes(code));
    if (out) expect(codes).not.toContain("endless-restarts");
    return out;
  });
});

it("the fix of a limit that a crash loop did not reach is enough, and one less is not", () => {
  const delayed = fc.record({
    initialMs: fc.integer({ min: 1, max: 50 }),
    factor: fc.constantFrom(1, 1.5, 2),
    limit: fc.integer({ min: 2, max: 6 }),
    counts: fc.constantFrom("launches" as const, "restarts" as const, "failures" as const),
    edge: fc.constantFrom("half-open" as const, "closed" as const),
    tripAt: fc.constantFrom("limit" as const, "over-limit" as const),
    after: fc.boolean(),
    fixed: fc.boolean(),
  });
  often(
    fc.tuple(delayed, fc.integer({ min: 1, max: 300 })),
    ([{ initialMs, factor, limit, after, fixed, counts, ...options }, windowMs]) => {
      const make = (size: number, ms: number) => {
        const delay = backoff({ initialMs, factor, capMs: 400, jitter: "none" });
        const one: RestartPolicy = fixed
          ? crashBudget({
              retries: size,
              windowMs: ms,
              retryDelayMs: 0,
              counts: counts === "launches" ? "launches" : "failures",
              edge: options.edge,
            })
          : slidingWindow({ limit: size, windowMs: ms, counts, ...options });
        return after ? inTurn(delay, giveUp(one)) : allOf(delay, giveUp(one));
      };
      const [found] = unreachable(make(limit, windowMs));
      const needed = found?.numbers.neededWindowMs;
      if (found === undefined || needed === undefined) return false;
      const met = (size: number, ms: number) =>
        simulate(make(size, ms), { uptimeMs: 0, maxLaunches: 500 }).end === "refused";
      expect([met(limit, needed), met(limit, needed - 1)]).toEqual([true, false]);
      const { reachable } = found.numbers;
      if (reachable !== undefined) {
        expect([met(reachable, windowMs), met(reachable + 1, windowMs)]).toEqual([true, false]);
      }
      return true;
    },
    0.2,
  );
});
