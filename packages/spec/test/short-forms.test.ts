// Short texts: what each stands for, and what is one letter beside it and is refused.

import { backoff } from "@steadfast/backoff";
import { type RestartPolicy, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { durationFrom, durationText, isPolicySpecError, policyFrom, toJson } from "../src/index.js";

describe("a short text is the policy that the grammar says", () => {
  it.each<[text: string, policy: RestartPolicy]>([
    ["10/10m", slidingWindow({ limit: 10, windowMs: 600_000 })],
    ["0/0s", slidingWindow({ limit: 0, windowMs: 0 })],
    ["99999999/99999999d", slidingWindow({ limit: 99_999_999, windowMs: 99_999_999 * 86_400_000 })],
    ["007/1h30m", slidingWindow({ limit: 7, windowMs: 5_400_000 })],
    ["5/1m launches", slidingWindow({ limit: 5, windowMs: 60_000, counts: "launches" })],
    ["5/1m restarts", slidingWindow({ limit: 5, windowMs: 60_000, counts: "restarts" })],
    ["5/1m failures", slidingWindow({ limit: 5, windowMs: 60_000, counts: "failures" })],
    ["200ms..30s", backoff({ initialMs: 200, capMs: 30_000 })],
    ["0s..0s", backoff({ initialMs: 0, capMs: 0 })],
    ["5s..1s", backoff({ initialMs: 5_000, capMs: 1_000 })],
    ["1s..1m x1", backoff({ initialMs: 1_000, capMs: 60_000, factor: 1 })],
    ["1s..1m x1.5", backoff({ initialMs: 1_000, capMs: 60_000, factor: 1.5 })],
    ["1s..1m none", backoff({ initialMs: 1_000, capMs: 60_000, jitter: "none" })],
    ["1s..1m x10 equal", backoff({ initialMs: 1_000, capMs: 60_000, factor: 10, jitter: "equal" })],
    ["1s..1m full", backoff({ initialMs: 1_000, capMs: 60_000, jitter: "full" })],
    ["permanent", restartOn("permanent")],
    ["transient", restartOn("transient")],
    ["temporary", restartOn("temporary")],
    ["always", restartOn("permanent")],
    ["on-failure", restartOn("transient")],
    ["never", restartOn("temporary")],
  ])("%s", (text, policy) => {
    expect(policyFrom(text).describe).toEqual(policy.describe);
    expect(toJson(policyFrom(text))).toEqual(toJson(policy));
  });

  it.each([
    "",
    " 10/10m",
    "10/10m ",
    "10 /10m",
    "-1/10m",
    "1.5/10m",
    "100000000/1s",
    "10/10",
    "10/m",
    "10/10m starts",
    "10/10m  failures",
    "200..30s",
    "200ms...30s",
    "200ms..",
    "..30s",
    "1s..1m x0.5",
    "1s..1m x0",
    "1s..1m x1.",
    "1s..1m equal x2",
    "1s..1m decorrelated",
    "10s",
    "Always",
    "no",
    "__proto__",
    "constructor",
  ])("%j is none", (text) => {
    expect(() => policyFrom(text)).toThrow(/^policy must be an object with a kind or a preset/);
  });
});

describe("a restart type goes by all its names", () => {
  it.each(["permanent", "always"])("%s", (type) => {
    expect(toJson(policyFrom({ kind: "restartOn", options: { type } }))).toEqual({
      kind: "restartOn",
      options: { type: "permanent" },
    });
  });
});

describe("a duration", () => {
  it.each<[text: string, ms: number]>([
    ["0ms", 0],
    ["1ms", 1],
    ["1s", 1_000],
    ["1m", 60_000],
    ["1h", 3_600_000],
    ["1d", 86_400_000],
    ["1h30m", 5_400_000],
    ["90m", 5_400_000],
    ["1m0s", 60_000],
    ["1d1h1m1s1ms", 90_061_001],
    ["99999999ms", 99_999_999],
    ["99999999d99999999h99999999m99999999s99999999ms", 9_006_100_009_938_999],
  ])("%s is %d ms", (text, ms) => {
    expect(durationFrom(text)).toBe(ms);
    expect(Number.isSafeInteger(durationFrom(text))).toBe(true);
  });

  it.each([
    [0, "0s"],
    [1, "1ms"],
    [999, "999ms"],
    [1_000, "1s"],
    [59_999, "59s999ms"],
    [60_000, "1m"],
    [3_600_001, "1h1ms"],
    [86_400_000, "1d"],
    [8_639_999_999_999_999, "99999999d23h59m59s999ms"],
  ])("of %d ms is written %s, and read back", (ms, text) => {
    expect(durationText(ms)).toBe(text);
    expect(durationFrom(text)).toBe(ms);
  });

  it("is read back, whatever it is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8_639_999_999_999_999 }), (ms) => {
        expect(durationFrom(durationText(ms))).toBe(ms);
      }),
    );
  });

  it.each([-1, 0.5, 8_640_000_000_000_000, Number.NaN, Number.POSITIVE_INFINITY, "5", 5n, null])(
    "of %s ms is none",
    (ms) => {
      expect(() => durationText(ms as number)).toThrow(
        /^ms must be a whole number of milliseconds from 0 to 8639999999999999, got /,
      );
    },
  );

  it.each<[text: string, meant: string | null]>([
    ["10", '10, or "10ms"'],
    ["10 s", '"10s"'],
    ["10S", '"10s"'],
    ["10sec", '"10s"'],
    ["5 minutes", '"5m"'],
    ["1 h 30 min", '"1h30m"'],
    ["1.5s", '"1500ms"'],
    ["0.5h", '"1800000ms"'],
    ["30m1h", null],
    ["1s1s", null],
    ["-1s", null],
    ["+1s", null],
    ["s", null],
    ["1w", null],
    ["", null],
    ["100000000ms", null],
    ["1e3s", null],
    ["١s", null],
  ])("%j is none", (text, meant) => {
    const error = (() => {
      try {
        return durationFrom(text);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(isPolicySpecError(error)).toBe(true);
    const { message } = error as Error;
    expect(/did you mean (.*)\?\)$/.exec(message)?.[1] ?? null).toBe(meant);
  });

  it("may stand wherever an option ends in Ms, and nowhere else", () => {
    const options = { initialMs: "1s", capMs: "1m", resetAfterMs: "10m" };
    expect(policyFrom({ kind: "backoff", options }).describe.options).toMatchObject({
      initialMs: 1_000,
      capMs: 60_000,
      resetAfterMs: 600_000,
    });
    const limit = { kind: "slidingWindow", options: { limit: "1s", windowMs: "1s" } };
    expect(() => policyFrom(limit)).toThrow(/options.limit must be a whole number/);
  });
});
