// Every golden case of epics-base-rs `supervise`: the admissions are ours, the loop around them (delay
// before every launch but the first, after the admission) is played here.

import { describe, expect, test } from "vitest";
import { goldenCases } from "../../../../config/testing/vectors.ts";
import { slidingWindow } from "../../src/index.js";
import { restart, start } from "../events.js";

interface Run {
  readonly runMs: number;
  readonly result: "ok" | "err";
  readonly error?: string;
}

interface Case {
  readonly id: string;
  readonly policy: {
    readonly maxRestarts: number;
    readonly windowMs: number;
    readonly delayMs: number;
  };
  readonly script: readonly Run[];
  readonly expect: {
    readonly launches: number;
    readonly launchAtMs: readonly number[];
    readonly outcome: "ok" | "tooManyRestarts" | "running";
    readonly endMs?: number;
    readonly maxRestarts?: number;
    readonly windowSecs?: number;
    readonly lastError?: string;
    readonly display?: string;
  };
}

function play({ policy: { maxRestarts, windowMs, delayMs }, script }: Case) {
  const window = slidingWindow({ limit: maxRestarts, windowMs, limitZero: "run-once" });
  const launchAtMs: number[] = [];
  const windowSecs = Math.floor(windowMs / 1000);
  let state = window.initial();
  let now = 0;
  let lastError: string | undefined;
  for (;;) {
    const first = launchAtMs.length === 0;
    const [next, decision] = window.step(state, first ? start : restart, now);
    state = next;
    if (decision.type === "refuse") {
      const text = `supervisor: too many restarts (${maxRestarts} in ${windowSecs}s)`;
      const display = `${text}; last error: ${lastError}`;
      const outcome = "tooManyRestarts";
      const refused = { maxRestarts, windowSecs, lastError, display };
      return { launches: launchAtMs.length, launchAtMs, outcome, endMs: now, ...refused };
    }
    if (!first) now += delayMs;
    const run = script[launchAtMs.length];
    launchAtMs.push(now);
    if (!run) return { launches: launchAtMs.length, launchAtMs, outcome: "running" };
    now += run.runMs;
    if (run.result === "ok") {
      return { launches: launchAtMs.length, launchAtMs, outcome: "ok", endMs: now };
    }
    lastError = run.error;
  }
}

describe("supervise_launches", () => {
  test.each(goldenCases<Case>(new URL("./supervise_launches.json", import.meta.url)))(
    "$id",
    (one) => {
      expect(play(one)).toEqual(one.expect);
    },
  );
});
