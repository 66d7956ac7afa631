// Cases derived from the formulas of Supervisor 4 (commit 0137efe79129), supervisor/process.py: `finish`
// (too_quickly), `change_state` (BACKOFF: backoff + 1, so many seconds), `transition` (FATAL when backoff
// is above startretries; RUNNING forgets; EXITED and autorestart).

import type { Exit } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { type SupervisordOptions, supervisord } from "../src/index.js";
import { after, atOnce, COMPLETED, CRASH, hand, healthy, NOT_STARTED, never } from "./asking.js";
import { crashesAfter, gaps, supervised } from "./supervised.js";

const HOUR = 3_600_000;
const FATAL = never("fatal");

describe("failed starts", () => {
  test("the k-th waits k seconds; after three retries it is over: four starts", async () => {
    const { at, ended } = await supervised(supervisord(), crashesAfter(999), HOUR);
    expect(gaps(at)).toEqual([1_999, 2_999, 3_999]);
    expect(ended).toMatchObject({ type: "refused", reason: "fatal", retryAfterMs: null });
  });

  test.each<[string, Exit]>([
    ["a clean exit", COMPLETED],
    ["a crash", CRASH],
    ["a failed spawn", NOT_STARTED],
    ["a signal", { kind: "signalled", signal: "SIGTERM" }],
  ])("%s that comes too quickly is one, whatever autorestart says", (_, exit) => {
    for (const autorestart of [true, false, "unexpected"] as const) {
      const child = hand(supervisord({ autorestart, startRetries: 1 }));
      expect(child.end(0, 999, exit)).toEqual(after(1_000));
      expect(child.end(2_000, 0, exit)).toEqual(FATAL);
    }
  });

  test("a failed spawn is one, also with startMs 0, where no run is", () => {
    const child = hand(supervisord({ startMs: 0 }));
    expect(child.end(0, 0, NOT_STARTED)).toEqual(after(1_000));
    expect(child.end(0, 0)).toEqual(atOnce);
  });

  test.each([
    [0, 1],
    [1, 2],
    [10, 11],
  ])("startRetries %i is %i starts", async (startRetries, starts) => {
    const { at } = await supervised(supervisord({ startRetries }), crashesAfter(0), HOUR);
    expect(at).toHaveLength(starts);
  });

  test("startRetries -1: at once, forever", () => {
    const child = hand(supervisord({ startRetries: -1 }));
    for (let i = 0; i < 100; i++) expect(child.end(i)).toEqual(atOnce);
  });

  test("a run of exactly startMs, or health, forgets them", () => {
    const child = hand(supervisord());
    expect([child.end(0), child.end(0)]).toEqual([after(1_000), after(2_000)]);
    expect(child.end(5_000, 1_000)).toEqual(atOnce);
    expect([child.end(6_000), child.end(6_000)]).toEqual([after(1_000), after(2_000)]);
    child.send(healthy, 7_000);
    expect(child.end(8_000, 999)).toEqual(after(1_000));
  });

  test("a delay runs from the exit", () => {
    const preset = supervisord();
    const child = hand(preset);
    child.end(0);
    expect(child.send({ type: "launch", cause: "restart", draw: 0, wall: 0 }, 300)).toEqual(
      after(700),
    );
  });
});

describe("what ran for long enough", () => {
  const code = (n: number): Exit => ({ kind: "failed", code: n });

  test.each<[SupervisordOptions, Exit, boolean]>([
    [{}, COMPLETED, false],
    [{}, CRASH, true],
    [{}, { kind: "signalled", signal: "SIGTERM" }, true],
    [{ exitCodes: [0, 2] }, code(2), false],
    [{ exitCodes: [2] }, COMPLETED, true],
    [{ exitCodes: [] }, COMPLETED, true],
    [{}, { kind: "failed", error: "boom" }, true],
    [{}, { kind: "cancelled" }, false],
    [{}, { kind: "lost" }, true],
    [{ autorestart: true }, COMPLETED, true],
    [{ autorestart: false }, CRASH, false],
    [{ autorestart: false }, { kind: "lost" }, false],
  ])("%j: %j is restarted: %s", (options, exit, wanted) => {
    expect(hand(supervisord(options)).end(1_000, 1_000, exit)).toEqual(
      wanted ? atOnce : never("not-wanted"),
    );
  });

  test("an exit code that is expected is no failure", () => {
    const { isFailure } = supervisord({ exitCodes: [2] });
    expect([code(2), COMPLETED, code(1)].map(isFailure)).toEqual([false, true, true]);
  });

  test("supervised: a job is done, if it takes a second", async () => {
    const done = (runMs: number) => () => ({ runMs, exit: COMPLETED });
    expect((await supervised(supervisord(), done(1_000), HOUR)).ended?.type).toBe("completed");
    expect((await supervised(supervisord(), done(999), HOUR)).ended).toMatchObject({
      type: "refused",
      reason: "fatal",
    });
  });

  test("supervised: with startMs 0 every run was long enough", async () => {
    const { at, ended } = await supervised(supervisord({ startMs: 0 }), crashesAfter(1), 100);
    expect([at.length, ended]).toEqual([101, null]);
  });

  test("supervised: one that lives for a second restarts forever, without a delay", async () => {
    const { at, ended } = await supervised(supervisord(), crashesAfter(1_000), 60_000);
    expect([at.length, ended]).toEqual([61, null]);
  });

  test("an exit that nobody saw is no failed start", () => {
    const child = hand(supervisord());
    child.end(0);
    expect(child.end(10, 5, { kind: "lost" })).toEqual(atOnce);
    expect(child.end(20)).toEqual(after(1_000));
  });
});

test.each<[keyof SupervisordOptions, unknown]>([
  ["startMs", -1],
  ["startRetries", -2],
  ["autorestart", "true"],
  ["exitCodes", [-1]],
  ["exitCodes", 0],
])("%s %j is not allowed", (option, value) => {
  expect(() => supervisord({ [option]: value })).toThrow(
    expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option }),
  );
});
