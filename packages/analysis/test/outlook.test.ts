// How many more failures in a row a policy restarts: a table with a reason per row, and `simulate`, which plays the same
// crash loop with lives and waits of its own, as the oracle.

import { backoff } from "@steadfast/backoff";
import { crashBudget } from "@steadfast/crash-budget";
import {
  allOf,
  giveUp,
  inTurn,
  launch,
  lifetimeCap,
  type RestartPolicy,
  refuse,
  restartOn,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outlook, simulate } from "../src/index.js";
import { anyPolicy } from "./any-policy.js";

const window = slidingWindow({ limit: 3, windowMs: 1_000, counts: "restarts" });
const slow = backoff({ initialMs: 400, factor: 2, capMs: 10_000, jitter: "none" });

const ROWS: readonly (readonly [why: string, RestartPolicy, restarts: number, afterMs: number])[] =
  [
    ["a window takes its limit", window, 3, 0],
    ["a window behind slow restarts is never full", inTurn(slow, window), 100, 962_400],
    ["a cap is a cap", lifetimeCap({ restarts: 2 }), 2, 0],
    ["the smallest budget decides", allOf(window, lifetimeCap({ restarts: 2 })), 2, 0],
    ["nobody is restarted", restartOn("temporary"), 0, 0],
    [
      "a retry, and then the rest of the window",
      crashBudget({ retries: 1, windowMs: 5_000 }),
      1,
      250,
    ],
    ["it never gives up", restartOn("permanent"), 100, 0],
  ];

describe("outlook", () => {
  it.each(ROWS)("%s", (_, policy, restarts, afterMs) => {
    const seen = outlook(policy, policy.initial(), 5_000);
    expect([seen.restarts, seen.afterMs]).toEqual([restarts, afterMs]);
    expect(seen.refusal === null).toBe(restarts === 100);
  });

  it("says what is answered then: for a while, or for good", () => {
    const now = 5_000;
    const one = outlook(window, window.initial(), now).refusal;
    expect(one).toEqual(refuse("window-full", 1_000));
    const final = giveUp(window);
    expect(outlook(final, final.initial(), now).refusal).toEqual(refuse("window-full", null));
  });

  it("counts from where it stands, and has more left when time has passed", () => {
    let state = window.initial();
    for (const at of [0, 10]) [state] = window.step(state, request, at);
    expect(outlook(window, state, 10).restarts).toBe(1);
    expect(outlook(window, state, 999).restarts).toBe(1);
    expect(outlook(window, state, 1_000).restarts).toBe(2);
    expect(outlook(window, state, 1_010).restarts).toBe(3);
  });

  it("counts the uptime of the attempt that is there", () => {
    const policy = backoff({ initialMs: 100, factor: 10, jitter: "none", resetAfterMs: 500 });
    let state = policy.initial();
    [state] = policy.step(state, failure, 0);
    const two = { most: 1 } as const;
    expect(outlook(policy, state, 600, { ...two, uptimeMs: 499 }).afterMs).toBe(1_000);
    expect(outlook(policy, state, 600, { ...two, uptimeMs: 500 }).afterMs).toBe(100);
  });

  it("changes nothing", () => {
    const state = Object.freeze(window.initial());
    const text = JSON.stringify(state);
    outlook(window, state, 0);
    expect(JSON.stringify(state)).toBe(text);
  });

  it.each([
    ["most", { most: 0 }],
    ["most", { most: 10_001 }],
    ["uptimeMs", { uptimeMs: -1 }],
    ["mots", { mots: 1 }],
  ])("refuses a bad %s by name", (option, options) => {
    expect(() => outlook(window, window.initial(), 0, options as object)).toThrow(option);
  });

  it("is what a simulated crash loop comes to", () => {
    let ends = 0;
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const seen = outlook(policy, policy.initial(), 0, { most: 20 });
        const world = { uptimeMs: 0, maxLaunches: 21, forMs: Number.MAX_SAFE_INTEGER, wallAt: 0 };
        const played = simulate(started(policy), { ...world, exit: failure.exit }, noWait);
        if (played.end !== "max-launches") ends++;
        expect(played.launches.length - 1).toBe(seen.restarts);
        expect(seen.refusal === null).toBe(played.end === "max-launches");
      }),
    );
    expect(ends).toBeGreaterThan(10);
  });
});

const noWait = { onNotYet: "end" } as const;
const request = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
const failure = {
  type: "exited",
  exit: { kind: "failed", code: 1 },
  failed: true,
  uptimeMs: 0,
} as const;

/** The same, but the first launch is free and is not seen by the policy, and the draw is always 0. */
function started(policy: RestartPolicy): RestartPolicy {
  return {
    ...policy,
    step(state, event, now) {
      if (event.type !== "launch") return policy.step(state, event, now);
      if (event.cause === "start") return [state, launch(0)];
      return policy.step(state, { ...event, draw: 0 }, now);
    },
  };
}
