// What is proved holds in simulations; what is not found is really reached.

import { backoff, constant } from "@steadfast/backoff";
import { allOf, giveUp, inTurn, type RestartPolicy } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import fc from "fast-check";
import { expect, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import { lint, simulate } from "../src/index.js";
import { anyPolicy } from "./any-policy.js";

const UNREACHABLE = ["limit-unreachable", "window-shorter-than-cycle"];

const isUnreachable = (policy: RestartPolicy) =>
  lint(policy).some(({ code }) => UNREACHABLE.includes(code));

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

it("any composition: what is out of reach is never refused by it, whatever the child's lives", () => {
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
      const out = lint(policy, { healthyAfterMs }).some(({ code }) => UNREACHABLE.includes(code));
      const { refusals } = simulate(policy, { uptimeMs }, { healthyAfterMs });
      if (out) expect(refusals).toEqual([]);
      return out;
    },
    0.1,
  );
});

it("a policy without findings refuses a child that crashes for ever, within its own limits", () => {
  often(anyPolicy, (policy) => {
    if (lint(policy).some(({ code }) => code === "endless-restarts" || code === "hot-loop"))
      return false;
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
