import { describe, expect, test } from "vitest";
import {
  type SlidingWindowOptions,
  slidingWindow,
  type WindowView,
  windowView,
} from "../src/index.js";
import { crash, restart, stateHolding } from "./events.js";

const roomy = slidingWindow({ limit: 100, windowMs: 1_000_000 });
const view = (over: Partial<WindowView>): WindowView => ({
  limit: 2,
  windowMs: 10,
  used: 0,
  remaining: 2,
  exhausted: false,
  ...over,
});

describe("windowView", () => {
  test.each<
    [string, readonly number[], Partial<SlidingWindowOptions>, number, Partial<WindowView>]
  >([
    ["nothing used", [], {}, 0, {}],
    ["one of two used", [5], {}, 5, { used: 1, remaining: 1 }],
    ["as many as the limit: exhausted", [5, 6], {}, 14, { used: 2, remaining: 0, exhausted: true }],
    ["exactly as old as the window: free", [5, 6], {}, 15, { used: 1, remaining: 1 }],
    [
      "closed: still used",
      [5, 6],
      { edge: "closed" },
      15,
      { used: 2, remaining: 0, exhausted: true },
    ],
    ["closed, one later: free", [5, 6], { edge: "closed" }, 16, { used: 1, remaining: 1 }],
    [
      "more than the limit, from a larger one: nothing remains",
      [5, 6, 7],
      {},
      8,
      { used: 3, remaining: 0, exhausted: true },
    ],
    [
      "over-limit: exhausted at the limit, although one more gets through",
      [5, 6],
      { tripAt: "over-limit" },
      8,
      { used: 2, remaining: 0, exhausted: true },
    ],
    [
      "limit 0: exhausted from the start",
      [],
      { limit: 0 },
      0,
      { limit: 0, remaining: 0, exhausted: true },
    ],
    [
      "limit 0, unlimited: never exhausted",
      [5],
      { limit: 0, limitZero: "unlimited" },
      5,
      { limit: 0, used: 1, remaining: Number.MAX_SAFE_INTEGER - 1 },
    ],
    ["before the newest stamp: as at it", [5, 16], {}, 0, { used: 1, remaining: 1 }],
  ])("%s", (_, stamps, options, now, expected) => {
    const state = stateHolding(roomy, stamps);
    expect(windowView(state, { limit: 2, windowMs: 10, ...options }, now)).toEqual(view(expected));
  });

  test("changes nothing and agrees with what the policy then decides", () => {
    const options: SlidingWindowOptions = { limit: 2, windowMs: 10, counts: "failures" };
    const policy = slidingWindow(options);
    let state = policy.initial();
    for (const at of [0, 3, 3, 9, 10, 12, 13, 30]) {
      state = policy.step(state, crash, at)[0];
      const saved = structuredClone(state);
      const { exhausted } = windowView(state, options, at);
      expect(state).toEqual(saved);
      expect(policy.step(state, restart, at)[1].type).toBe(exhausted ? "refuse" : "launch");
    }
  });
});
