import { isPolicyOptionsError, type PolicyOptionsError } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { type SlidingWindowOptions, slidingWindow, windowView } from "../src/index.js";

const most = Number.MAX_SAFE_INTEGER;
const good: SlidingWindowOptions = { limit: 3, windowMs: 1000 };

function optionBlamedFor(options: unknown): string {
  try {
    slidingWindow(options as SlidingWindowOptions);
  } catch (error) {
    expect(isPolicyOptionsError(error)).toBe(true);
    return (error as PolicyOptionsError).option;
  }
  throw new Error("the options were taken");
}

describe("options", () => {
  test.each<[string, unknown, string]>([
    ["no limit", { windowMs: 1000 }, "limit"],
    ["a negative limit", { ...good, limit: -1 }, "limit"],
    ["half a limit", { ...good, limit: 1.5 }, "limit"],
    ["an unsafe limit", { ...good, limit: most + 1 }, "limit"],
    ["an infinite limit", { ...good, limit: Number.POSITIVE_INFINITY }, "limit"],
    ["a limit in words", { ...good, limit: "3" }, "limit"],
    ["no window", { limit: 3 }, "windowMs"],
    ["a negative window", { ...good, windowMs: -1 }, "windowMs"],
    ["a fraction of a millisecond", { ...good, windowMs: 0.5 }, "windowMs"],
    ["a window without end", { ...good, windowMs: Number.POSITIVE_INFINITY }, "windowMs"],
    ["NaN", { ...good, windowMs: Number.NaN }, "windowMs"],
    ["another edge", { ...good, edge: "open" }, "edge"],
    ["something else to count", { ...good, counts: "crashes" }, "counts"],
    ["another trip", { ...good, tripAt: "never" }, "tripAt"],
    ["a word for a boolean", { ...good, recordRefused: "yes" }, "recordRefused"],
    ["null for a boolean", { ...good, recordRefused: null }, "recordRefused"],
    ["another meaning of zero", { ...good, limitZero: "infinite" }, "limitZero"],
    ["a misspelling", { ...good, windowMS: 5 }, "windowMS"],
    ["nothing", undefined, "options"],
  ])("%s is an error that names the option", (_, options, option) => {
    expect(optionBlamedFor(options)).toBe(option);
    const state = slidingWindow(good).initial();
    expect(() => windowView(state, options as SlidingWindowOptions, 0)).toThrow(RangeError);
  });

  test("the message has the range and the value got", () => {
    expect(() => slidingWindow({ limit: -1, windowMs: 0 })).toThrow(
      "slidingWindow: limit must be a whole number from 0 to 9007199254740991, got -1",
    );
  });

  test("the smallest and the largest numbers are legal", () => {
    expect(() => slidingWindow({ limit: 0, windowMs: 0 })).not.toThrow();
    expect(() => slidingWindow({ limit: most, windowMs: most, edge: "closed" })).not.toThrow();
  });

  test("they are read once: changing the object afterwards changes nothing", () => {
    const options = { limit: 1, windowMs: 1000 };
    const policy = slidingWindow(options);
    options.limit = 0;
    expect(policy.describe.options.limit).toBe(1);
  });
});

describe("describe", () => {
  test("has the options with the defaults filled in", () => {
    expect(slidingWindow(good).describe).toEqual({
      kind: "slidingWindow",
      options: {
        limit: 3,
        windowMs: 1000,
        edge: "half-open",
        counts: "launches",
        tripAt: "limit",
        recordRefused: false,
        limitZero: "refuse",
      },
      limit: 3,
      windowMs: 1000,
      timesMs: [1000],
    });
  });

  test.each<[string, Partial<SlidingWindowOptions>, number | undefined]>([
    ["launches: as many as there are slots", {}, 3],
    ["over the limit: one more", { tripAt: "over-limit" }, 4],
    ["restarts: one more, the start", { counts: "restarts" }, 4],
    ["failures: no bound, a clean exit takes no slot", { counts: "failures" }, undefined],
    ["limit 0: none", { limit: 0 }, 0],
    ["limit 0, over-limit: still none", { limit: 0, tripAt: "over-limit" }, 0],
    ["limit 0, restarts: the start", { limit: 0, counts: "restarts" }, 1],
    ["limit 0, run once: one", { limit: 0, limitZero: "run-once" }, 1],
    [
      "limit 0, run once, restarts: the start",
      { limit: 0, limitZero: "run-once", counts: "restarts" },
      1,
    ],
    ["limit 0, unlimited: no bound", { limit: 0, limitZero: "unlimited" }, undefined],
  ])("limit is the most that is admitted in one window. %s", (_, options, limit) => {
    const { describe: about } = slidingWindow({ ...good, ...options });
    expect(about.limit).toBe(limit);
    expect("limit" in about).toBe(limit !== undefined);
  });

  test("is plain JSON", () => {
    const { describe: about } = slidingWindow({ ...good, counts: "failures" });
    expect(JSON.parse(JSON.stringify(about))).toStrictEqual(about);
  });
});
