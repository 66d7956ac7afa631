import { isPolicyStateError, type PolicyStateError } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { slidingWindow } from "../src/index.js";
import { restart, stateHolding } from "./events.js";
import { heldStamps } from "./held-stamps.js";

const policy = slidingWindow({ limit: 3, windowMs: 1000 });
const roomy = slidingWindow({ limit: 100_000, windowMs: 1_000_000 });
const eight = [0, 1, 2, 3, 4, 5, 6, 7];

function pathOf(raw: unknown): string {
  try {
    policy.parse(raw, 100);
  } catch (error) {
    expect(isPolicyStateError(error)).toBe(true);
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
    ["an empty object", {}, "stamps"],
    ["stamps that are no array", { count: 1, stamps: 5 }, "stamps"],
    ["a hole", { count: 1, stamps: [null] }, "stamps[0]"],
    ["a word", { count: 1, stamps: ["1"] }, "stamps[0]"],
    ["a word in a block", { count: 9, stamps: [eight, [...eight, "1"]] }, "stamps[1]"],
    ["a fraction", { count: 2, stamps: [1, 1.5] }, "stamps[1]"],
    ["an unsafe number", { count: 1, stamps: [2 ** 53] }, "stamps[0]"],
    ["NaN", { count: 1, stamps: [Number.NaN] }, "stamps[0]"],
    ["stamps that decrease", { count: 3, stamps: [5, 5, 4] }, "stamps[2]"],
    ["a block of stamps that decrease", { count: 2, stamps: [[5, 4]] }, "stamps[0]"],
    ["blocks that decrease", { count: 16, stamps: [eight, eight] }, "stamps[1]"],
    ["a stamp older than the block before", { count: 9, stamps: [eight, 6] }, "stamps[1]"],
    ["a missing count", { stamps: [1] }, "count"],
    ["a count too low", { count: 0, stamps: [1] }, "count"],
    ["a count too high", { count: 2, stamps: [1] }, "count"],
    ["a count of blocks, not of stamps", { count: 1, stamps: [eight] }, "count"],
  ])("names the field that is wrong in %s", (_, raw, path) => {
    expect(pathOf(raw)).toBe(path);
  });

  test("says what belongs there and what was there", () => {
    expect(() => policy.parse({ count: 2, stamps: [5, 4] }, 100)).toThrow(
      "state.stamps[1] must be a whole number from 5 to 9007199254740991, got 4",
    );
    expect(() => policy.parse({ count: 2, stamps: "no" }, 100)).toThrow(
      "state.stamps must be an array, got string",
    );
  });

  test("nesting as deep as there can be is read; without end it is refused, not followed", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 9; i++) deep = [deep];
    expect(heldStamps(policy.parse({ count: 1, stamps: [deep] }, 100))).toEqual([1]);
    expect(pathOf({ count: 1, stamps: [[deep]] })).toBe("stamps[0]");
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(pathOf({ count: 1, stamps: deep })).toBe("stamps[0]");
  });

  test("a block that is none is put right: what comes out is well-formed", () => {
    const parsed = policy.parse({ count: 12, stamps: [[-2, -1], [[-1]], [[eight, 9]]] }, 100);
    expect(pathOf({ count: 11, stamps: [[5], [4]] })).toBe("stamps[1]");
    expect(parsed).toEqual({ count: 12, stamps: [-2, -1, -1, eight, 9] });
  });

  test("nothing but a PolicyStateError comes out, whatever comes in", () => {
    const strange = fc.oneof(
      fc.anything(),
      fc.record({ count: fc.nat(), stamps: fc.anything() }),
      fc.record({ count: fc.nat(), stamps: fc.array(fc.anything()) }),
    );
    law(strange, (raw, reached) => {
      try {
        policy.parse(raw, 0);
      } catch (error) {
        expect(isPolicyStateError(error)).toBe(true);
        if ((error as PolicyStateError).path !== "") reached();
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

  test("whatever shape a state has grown into, it comes back in that shape", () => {
    const large = slidingWindow({ limit: 600, windowMs: 1000 });
    const bursts = fc.array(fc.tuple(fc.nat({ max: 700 }), fc.nat({ max: 200 })), {
      minLength: 3,
      maxLength: 8,
      size: "max",
    });
    law(bursts, (drawn, reached) => {
      let state = large.initial();
      let now = 0;
      for (const [silence, launches] of drawn) {
        now += silence;
        for (let i = 0; i < launches; i++) state = large.step(state, restart, now + i)[0];
        now += launches;
        expect(policy.parse(JSON.parse(JSON.stringify(state)), now)).toStrictEqual(state);
        // Opened at the front, with blocks of blocks behind.
        if (typeof state.stamps[0] === "number" && state.count > 200) reached();
      }
    });
  });
});
