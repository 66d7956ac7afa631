// processkit through both of its presets: delays, jitter, outcomes. Of backoff_delay the 30 cases of mode
// `raw` are left out: they are the inner function before the factor is mended, which nobody can call.

import type { Exit, RestartPolicy } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { goldenCases, isClose } from "../../../../config/testing/vectors.ts";
import { processkit3, processkit07 } from "../../src/index.js";
import { ask, crash } from "../events.js";
import { ending, play, script } from "../play.js";

const PRESETS = [
  ["processkit07", processkit07],
  ["processkit3", processkit3],
] as const;

/** The delay of the n-th restart, counted from 0, from a state that was read. */
function delayAt(policy: RestartPolicy<unknown>, restarts: number, draw: number): number {
  const fresh = { count: restarts, since: null, allowedAt: null, delayMs: 0, previousMs: 0 };
  const written = JSON.parse(JSON.stringify(policy.initial()), (_, value) =>
    value !== null && typeof value === "object" && "previousMs" in value ? fresh : value,
  );
  const [state] = policy.step(policy.parse(written, 0), crash, 0);
  const answer = policy.step(state, ask("restart", draw), 0)[1];
  return answer.type === "launch" ? answer.delayMs : Number.NaN;
}

interface Delay {
  readonly id: string;
  readonly mode: "run" | "raw";
  readonly baseMs: number;
  readonly factor: number | string;
  readonly n: number;
  readonly capMs: number;
  readonly expect: { readonly delayMs?: number };
}

interface Jitter {
  readonly id: string;
  readonly unit: number;
  readonly applied: readonly { readonly delayMs: number; readonly jitteredMs: number }[];
}

describe.each(PRESETS)("%s", (_, make) => {
  const delays = goldenCases<Delay>(new URL("./backoff_delay.json", import.meta.url));
  const run = delays.filter(({ mode }) => mode === "run");

  test("30 of 202 delays are raw", () => {
    expect([delays.length - run.length, delays.length]).toEqual([30, 202]);
  });

  test.each(run)("backoff_delay $id", ({ baseMs, factor, n, capMs, expect: want }) => {
    const { policy } = make({
      backoffBaseMs: baseMs,
      backoffFactor: Number(factor),
      maxBackoffMs: capMs,
      jitter: false,
    });
    const got = delayAt(policy as RestartPolicy, Math.min(n, 2 ** 31 - 1), 0);
    expect(got).toSatisfy((ms) => isClose(ms, want.delayMs ?? Number.NaN));
  });

  test.each(goldenCases<Jitter>(new URL("./jitter_processkit.json", import.meta.url)))(
    "jitter_processkit $id",
    ({ unit, applied }) => {
      for (const { delayMs, jitteredMs } of applied) {
        const { policy } = make({ backoffBaseMs: delayMs, maxBackoffMs: delayMs });
        expect(delayAt(policy as RestartPolicy, 3, unit)).toSatisfy((ms) =>
          isClose(ms, jitteredMs),
        );
        const steady = make({ backoffBaseMs: delayMs, maxBackoffMs: delayMs, jitter: false });
        expect(delayAt(steady.policy as RestartPolicy, 3, unit)).toBe(delayMs);
      }
    },
  );
});

type Step =
  | { readonly exit: number }
  | { readonly signal: true }
  | { readonly timeout: true }
  | { readonly error: "spawn" | "io" | "cancelled" };

type StopWhen =
  | { readonly kind: "any" }
  | { readonly kind: "code"; readonly code: number }
  | { readonly kind: "timedOut" }
  | { readonly kind: "nthResult"; readonly n: number };

interface OutcomeCase {
  readonly id: string;
  readonly policy: "always" | "onCrash" | "never";
  readonly maxRestarts: number | null;
  readonly backoff: {
    readonly baseMs: number;
    readonly factor: number | string;
    readonly capMs: number;
  };
  readonly stopWhen: StopWhen | null;
  readonly script: readonly Step[];
  readonly expect: {
    readonly kind: "outcome" | "error" | "running";
    readonly stopped?: "predicate" | "policySatisfied" | "restartsExhausted";
    readonly error?: string;
    readonly restarts?: number;
    readonly finalIndex?: number;
    readonly finalCode?: number | null;
    readonly runs: number;
    readonly sleepsMs: readonly number[];
  };
}

function attemptOf(step: Step) {
  if ("error" in step && step.error !== "cancelled") return { cannotStart: step.error };
  return { runMs: 0, exit: exitOf(step) };
}

function exitOf(step: Step): Exit {
  if ("error" in step) return { kind: "cancelled", error: step.error };
  if ("signal" in step) return { kind: "signalled", signal: "SIGKILL" };
  if ("timeout" in step) return { kind: "timed-out", afterMs: 1 };
  return step.exit === 0 ? { kind: "completed", code: 0 } : { kind: "failed", code: step.exit };
}

function predicateOf(when: StopWhen): (exit: Exit, ordinal: number) => boolean {
  switch (when.kind) {
    case "any":
      return () => true;
    case "code":
      return (exit) => "code" in exit && exit.code === when.code;
    case "timedOut":
      return (exit) => exit.kind === "timed-out";
    case "nthResult":
      return (_, ordinal) => ordinal === when.n;
  }
}

const REASONS = {
  predicate: "stop-when",
  policySatisfied: "not-wanted",
  restartsExhausted: "cap-reached",
} as const;

describe.each(PRESETS)("%s", (_, make) => {
  test.each(goldenCases<OutcomeCase>(new URL("./supervisor_outcomes.json", import.meta.url)))(
    "supervisor_outcomes $id",
    async (one) => {
      const { expect: want, backoff, stopWhen } = one;
      const preset = make({
        restart: one.policy,
        maxRestarts: one.maxRestarts,
        backoffBaseMs: backoff.baseMs,
        backoffFactor: Number(backoff.factor),
        maxBackoffMs: backoff.capMs,
        jitter: false,
        ...(stopWhen && { stopWhen: predicateOf(stopWhen) }),
      });
      const total = want.sleepsMs.reduce((sum, ms) => sum + Math.ceil(ms), 0);
      const played = await play(preset, script(...one.script.map(attemptOf)), total);
      expect(played.at).toHaveLength(want.runs);
      const slept = played.delays.filter((ms) => ms > 0);
      expect(slept).toHaveLength(want.sleepsMs.length);
      for (const [i, ms] of want.sleepsMs.entries()) {
        expect(slept[i]).toSatisfy((got: number) => isClose(got, ms));
      }
      if (want.kind === "running") return expect(played.outcome).toBeNull();
      expect(want.finalIndex).toBe(want.runs - 1);
      const { outcome } = played;
      const last = outcome?.lastExit;
      if (want.kind === "error") {
        expect(outcome?.type).toBe("refused");
        expect(last).toHaveProperty("error", want.error);
        return;
      }
      const reason = want.stopped && REASONS[want.stopped];
      const wentWell = last?.kind === "completed" && reason !== "cap-reached";
      expect(ending(played)).toBe(wentWell ? "completed" : reason);
      expect(outcome?.attempts).toBe((want.restarts ?? Number.NaN) + 1);
      expect(last && "code" in last ? last.code : null).toBe(want.finalCode);
    },
  );
});
