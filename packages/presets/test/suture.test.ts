import type { Millis } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { golden } from "../../../config/testing/vectors.ts";
import { suture } from "../src/index.js";
import { ask, atOnce, COMPLETED, CRASH, exited, hand, healthy, never } from "./asking.js";
import { crashesAfter, supervised } from "./supervised.js";

interface SutureDecay {
  readonly cases: readonly {
    readonly id: string;
    readonly failureDecaySec: number;
    readonly failureThreshold: number;
    readonly failureBackoffMs: Millis;
    readonly ops: readonly (
      | {
          readonly op: "fail";
          readonly service: string;
          readonly atMs: Millis;
          readonly failures: number;
          readonly restarting: boolean;
          readonly resumeAtMs?: Millis;
        }
      | {
          readonly op: "resume";
          readonly atMs: Millis;
          readonly restarted: readonly string[];
          readonly failures: number;
        }
    )[];
  }[];
}

const scoreOf = (state: unknown) => (state as [unknown, { score: number }])[1].score;
const held = (retryAfterMs: Millis) => ({ type: "refuse", reason: "crash-storm", retryAfterMs });

// All services of a suture supervisor have one count; its queue is the services that were refused.
describe("suture: suture_decay", () => {
  const { cases } = golden<SutureDecay>(new URL("./vectors/suture_decay.json", import.meta.url));

  test.each(cases)("$id", ({ failureDecaySec, failureThreshold, failureBackoffMs, ops }) => {
    const all = hand(
      suture({
        failureDecayMs: failureDecaySec * 1_000,
        failureThreshold,
        failureBackoffMs,
        backoffJitter: "none",
      }),
    );
    let resumeAtMs = 0;
    let waiting: string[] = [];
    for (const op of ops) {
      if (op.op === "resume") {
        expect([op.atMs, waiting]).toEqual([resumeAtMs, op.restarted]);
        if (op.atMs > 0) expect(all.send(ask(), op.atMs - 1)).toEqual(held(1));
        for (const _ of waiting) expect(all.send(ask(), op.atMs)).toEqual(atOnce);
        expect(scoreOf(all.state)).toBe(op.failures);
        waiting = [];
        continue;
      }
      const answer = all.end(op.atMs);
      expect(Math.abs(scoreOf(all.state) - op.failures)).toBeLessThanOrEqual(1e-9 * op.failures);
      if (op.restarting) {
        expect(answer).toEqual(atOnce);
        continue;
      }
      resumeAtMs = op.resumeAtMs ?? resumeAtMs;
      waiting.push(op.service);
      expect(answer).toEqual(held(resumeAtMs - op.atMs));
    }
  });
});

describe("the jitter of the pause", () => {
  const paused = (draw: number) => {
    const child = hand(suture({ failureThreshold: 1 }));
    child.end(0);
    return { child, answer: child.end(0, 0, CRASH, draw) };
  };

  test.each([
    [0, 15_000],
    [0.5, 18_750],
    [0.123456, 15_926],
    [1 - 2 ** -53, 22_500],
  ])("draw %f: %i ms", (draw, pauseMs) => {
    expect(paused(draw).answer).toEqual(held(pauseMs));
  });

  test("is drawn once for each pause: asked again, with another draw, it has the same end", () => {
    const { child } = paused(0.5);
    for (const draw of [0, 0.9]) {
      expect(child.send(ask("restart", draw), 18_749)).toEqual(held(1));
    }
    expect(child.send(ask("restart", 0.9), 18_750)).toEqual(atOnce);
    expect(scoreOf(child.state)).toBe(0);
  });

  test("a failure in the pause, above the threshold, draws anew", () => {
    const { child } = paused(0.5);
    expect(child.end(10_000, 0, CRASH, 0)).toEqual(held(15_000));
  });

  test("a failure after the pause is over counts from 0, also if nobody asked since", () => {
    const { child } = paused(0);
    child.send(exited(suture(), CRASH), 15_000);
    expect(scoreOf(child.state)).toBe(1);
  });
});

test("a service that returns has failed; one that was cancelled is done", () => {
  const { isFailure } = suture();
  expect(isFailure(COMPLETED)).toBe(true);
  const child = hand(suture());
  expect(child.end(0, 0, COMPLETED)).toEqual(atOnce);
  expect(scoreOf(child.state)).toBe(1);
  expect(child.end(0, 0, { kind: "cancelled" })).toEqual(never("not-wanted"));
  expect(scoreOf(child.state)).toBe(1);
});

test("health changes nothing", () => {
  const child = hand(suture());
  child.end(0);
  const before = child.state;
  child.send(healthy, 10_000);
  expect(child.state).toBe(before);
});

test("0 is the default, as in suture", () => {
  const zero = suture({ failureDecayMs: 0, failureThreshold: 0, failureBackoffMs: 0 });
  expect(zero.policy.describe).toEqual(suture().policy.describe);
});

test("a threshold of Infinity, as of null, never pauses", () => {
  for (const failureThreshold of [Number.POSITIVE_INFINITY, null]) {
    const child = hand(suture({ failureThreshold }));
    for (let i = 0; i < 100; i++) expect(child.end(0)).toEqual(atOnce);
  }
});

test("supervised: five failures at once, and the sixth pauses for 15 s to 22.5 s", async () => {
  const { at, ended } = await supervised(suture(), crashesAfter(0), 20_000);
  expect(at.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
  const resumedAt = at[6] ?? 0;
  expect(resumedAt).toBeGreaterThanOrEqual(15_000);
  expect(resumedAt).toBeLessThan(22_500);
  expect([new Set(at.slice(6)), ended]).toEqual([new Set([resumedAt]), null]);
});
