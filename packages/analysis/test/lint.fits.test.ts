// What a limit would have to be, read off what was heard, against real policies that hear the same.

import { crashBudget } from "@steadfast/crash-budget";
import type { RestartPolicy } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import fc from "fast-check";
import { expect, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import { fitsOf } from "../src/lint/fits.js";

interface Moment {
  readonly gapMs: number;
  readonly what: "failure" | "question";
}

const story: fc.Arbitrary<readonly Moment[]> = fc.array(
  fc.record({
    gapMs: fc.oneof(fc.constantFrom(0, 1, 2), fc.integer({ min: 0, max: 30 })),
    what: fc.constantFrom("failure" as const, "question" as const),
  }),
  { minLength: 2, maxLength: 30 },
);

function heardOf(moments: readonly Moment[]) {
  const stamps: number[] = [];
  const asks: { at: number; count: number }[] = [];
  let at = 0;
  for (const { gapMs, what } of moments) {
    at += gapMs;
    if (what === "failure") stamps.push(at);
    else asks.push({ at, count: stamps.length });
  }
  return { stamps, asks, refused: false };
}

const crash = { type: "exited", exit: { kind: "failed" }, failed: true, uptimeMs: 0 } as const;

/** Whether it ever refuses in that story. */
function refuses(policy: RestartPolicy, moments: readonly Moment[]): boolean {
  let state = policy.initial();
  let at = 0;
  return moments.some(({ gapMs, what }) => {
    at += gapMs;
    if (what === "failure") {
      [state] = policy.step(state, crash, at);
      return false;
    }
    const request = { type: "launch", cause: "restart", draw: 0, wall: at } as const;
    return policy.step(state, request, at)[1].type === "refuse";
  });
}

const cases = fc.record({ moments: story, windowMs: fc.integer({ min: 1, max: 60 }) });

it("sliding: the most that fell into the window, and the shortest window that holds enough", () => {
  often(cases, ({ moments, windowMs }) => {
    const { most, spanMs } = fitsOf(heardOf(moments), false, windowMs);
    const made = (limit: number, ms: number) =>
      slidingWindow({ limit, windowMs: ms, counts: "failures" });
    if (most > 0) expect(refuses(made(most, windowMs), moments)).toBe(true);
    expect(refuses(made(most + 1, windowMs), moments)).toBe(false);
    const span = spanMs(most + 1);
    if (span === null) return false;
    expect(refuses(made(most + 1, span + 1), moments)).toBe(true);
    expect(refuses(made(most + 1, span), moments)).toBe(false);
    return most > 1;
  });
});

it("fixed: the most that fell into one window; and a window that is long enough from the first on", () => {
  often(cases, ({ moments, windowMs }) => {
    const { most, spanMs } = fitsOf(heardOf(moments), true, windowMs);
    const made = (retries: number, ms: number) =>
      crashBudget({ retries, windowMs: ms, retryDelayMs: 0 });
    if (most > 0) expect(refuses(made(most - 1, windowMs), moments)).toBe(true);
    expect(refuses(made(most, windowMs), moments)).toBe(false);
    const span = spanMs(most + 1);
    if (span === null) return false;
    expect(refuses(made(most, span + 1), moments)).toBe(true);
    return most > 1;
  });
});
