import { isPolicyStateError, PolicyStateError } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slidingWindow } from "../src/index.js";
import { restart, stateHolding } from "./events.js";
import { heldStamps } from "./held-stamps.js";
import { law } from "./law.js";
import { optionsAndRun } from "./runs.js";

const policy = slidingWindow({ limit: 3, windowMs: 1000 });
const roomy = slidingWindow({ limit: 100_000, windowMs: 1_000_000 });
const sixteen = Array.from({ length: 16 }, (_, i) => i);

function pathOf(raw: unknown): string {
  try {
    policy.parse(raw, 100);
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyStateError);
    return (error as PolicyStateError).path;
  }
  throw new Error("parse took it");
}

describe("parse", () => {
  test.each<[string, unknown, string]>([
    ["nothing", undefined, ""],
    ["null", null, ""],
    ["a number", 3, ""],
    ["an array", [], ""],
    ["an empty object", {}, "cold"],
    ["a cold part that is no array", { count: 0, skip: 0, cold: 5, tail: [] }, "cold"],
    ["a cold part with a hole", { count: 0, skip: 0, cold: [null], tail: [] }, "cold[0]"],
    ["a word in a block", { count: 1, skip: 0, cold: [["1"]], tail: [] }, "cold[0][0]"],
    [
      "blocks out of order",
      { count: 32, skip: 0, cold: [sixteen, sixteen], tail: [] },
      "cold[1][0]",
    ],
    ["a missing tail", { count: 0, skip: 0, cold: [] }, "tail"],
    ["a nested tail", { count: 1, skip: 0, cold: [], tail: [[1]] }, "tail[0]"],
    ["a fraction", { count: 2, skip: 0, cold: [], tail: [1, 1.5] }, "tail[1]"],
    ["an unsafe number", { count: 1, skip: 0, cold: [], tail: [2 ** 53] }, "tail[0]"],
    ["NaN", { count: 1, skip: 0, cold: [], tail: [Number.NaN] }, "tail[0]"],
    ["stamps that decrease", { count: 2, skip: 0, cold: [], tail: [5, 4] }, "tail[1]"],
    ["a tail before the cold part", { count: 17, skip: 0, cold: [sixteen], tail: [14] }, "tail[0]"],
    ["a missing skip", { count: 1, cold: [], tail: [1] }, "skip"],
    ["a negative skip", { count: 2, skip: -1, cold: [], tail: [1] }, "skip"],
    ["a skip of more than there is", { count: -1, skip: 2, cold: [], tail: [1] }, "skip"],
    ["a skip of 16", { count: 1, skip: 16, cold: [sixteen], tail: [16] }, "skip"],
    ["a count too low", { count: 0, skip: 0, cold: [], tail: [1] }, "count"],
    ["a count too high", { count: 2, skip: 0, cold: [], tail: [1] }, "count"],
    ["a count that forgets the skip", { count: 2, skip: 1, cold: [], tail: [1, 2] }, "count"],
  ])("names the field that is wrong in %s", (_, raw, path) => {
    expect(pathOf(raw)).toBe(path);
  });

  test("says what belongs there and what was there", () => {
    const raw = { count: 2, skip: 0, cold: [], tail: [5, 4] };
    expect(() => policy.parse(raw, 100)).toThrow(
      "state.tail[1] must be a whole number from 5 to 9007199254740991, got 4",
    );
  });

  test("the largest cursor and the deepest nesting there can be are read", () => {
    const skipped = { count: 1, skip: 15, cold: [], tail: sixteen };
    expect(policy.parse(skipped, 100)).toEqual(skipped);
    let deep: unknown = 1;
    for (let i = 0; i < 9; i++) deep = [deep];
    const raw = { count: 1, skip: 0, cold: deep, tail: [] };
    expect(heldStamps(policy.parse(raw, 100))).toEqual([1]);
    expect(pathOf({ ...raw, cold: [deep] })).toBe(`cold${"[0]".repeat(9)}`);
  });

  test("nesting without end is refused, not followed", () => {
    let deep: unknown = [1];
    for (let i = 0; i < 100_000; i++) deep = [deep];
    const raw = { count: 1, skip: 0, cold: deep, tail: [] };
    expect(() => policy.parse(raw, 100)).toThrow(PolicyStateError);
  });

  test("nothing but a PolicyStateError comes out, whatever comes in", () => {
    const strange = fc.oneof(
      fc.anything(),
      fc.record({ count: fc.anything(), skip: fc.nat(), cold: fc.anything(), tail: fc.anything() }),
    );
    law(strange, (raw, reached) => {
      try {
        policy.parse(raw, 0);
      } catch (error) {
        expect(isPolicyStateError(error)).toBe(true);
        reached();
      }
    });
  });

  test("instants later than now become now; the others stay", () => {
    const saved = stateHolding(roomy, [1, 2, 5, 8, 9]);
    expect(heldStamps(policy.parse(saved, 5))).toEqual([1, 2, 5, 5, 5]);
    expect(heldStamps(policy.parse(saved, 0))).toEqual([0, 0, 0, 0, 0]);
    expect(heldStamps(policy.parse(saved, 9))).toEqual([1, 2, 5, 8, 9]);
    // A full window that was saved on a clock far ahead waits one window, not the distance.
    const ahead = policy.parse(stateHolding(roomy, [9e12, 9e12, 9e12]), 50);
    expect(policy.step(ahead, restart, 50)[1]).toEqual({
      type: "refuse",
      reason: "window-full",
      retryAfterMs: 1000,
    });
  });

  test("a large state comes back in the shape in which it was written", () => {
    const stamps = Array.from({ length: 5000 }, (_, i) => i);
    const state = stateHolding(roomy, stamps);
    const read = policy.parse(JSON.parse(JSON.stringify(state)), 5000);
    expect(read).toEqual(state);
    expect(heldStamps(read)).toEqual(stamps);
  });

  test("whatever shape a state has grown into, the stamps it holds come back", () => {
    const runs = optionsAndRun({ limit: 600, windowMs: 1000 }).map(([options, events]) => {
      const many = events.flatMap((event) => Array.from({ length: 30 }, () => event));
      return [options, many] as const;
    });
    law(runs, ([options, events], reached) => {
      const large = slidingWindow(options);
      let state = large.initial();
      for (const { at, event } of events) state = large.step(state, event, at)[0];
      const now = events.at(-1)?.at ?? 0;
      expect(heldStamps(policy.parse(state, now))).toEqual(heldStamps(state));
      if (state.skip > 0 && state.count > 32) reached();
    });
  });
});
