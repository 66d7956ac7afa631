import type { Millis } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { golden } from "../../../config/testing/vectors.ts";
import {
  type CrashBudgetState,
  crashBudget,
  type DecayingBudgetState,
  decayingBudget,
} from "../src/index.js";
import { crash, healthy, restart } from "./events.js";

type RecoveryOp =
  | {
      readonly op: "crash";
      readonly key: string;
      readonly atMs: Millis;
      readonly expect: {
        readonly decision: "retry" | "refuse";
        readonly retryAfterMs: Millis;
        readonly attempt?: number;
        readonly reason?: string;
      };
    }
  | { readonly op: "success"; readonly key: string };

interface BackendRecovery {
  readonly cases: readonly {
    readonly id: string;
    readonly policy: {
      readonly effective: { readonly retryBackoffMs: Millis; readonly budgetWindowMs: Millis };
    };
    readonly ops: readonly RecoveryOp[];
  }[];
}

describe("running-process: backend_recovery", () => {
  const { cases } = golden<BackendRecovery>(
    new URL("./vectors/backend_recovery.json", import.meta.url),
  );

  test.each(cases)("$id", ({ policy: { effective }, ops }) => {
    const { retryBackoffMs: retryDelayMs, budgetWindowMs: windowMs } = effective;
    const policy = crashBudget({ retries: 1, windowMs, retryDelayMs });
    const states = new Map<string, CrashBudgetState>();
    let now = 0;
    for (const op of ops) {
      const state = states.get(op.key) ?? policy.initial();
      if (op.op === "success") {
        states.set(op.key, policy.step(state, healthy, now)[0]);
        continue;
      }
      now = op.atMs;
      const [crashed] = policy.step(state, crash, now);
      const [next, decision] = policy.step(crashed, restart, now);
      const { decision: kind, retryAfterMs } = op.expect;
      expect(decision).toEqual(
        kind === "retry"
          ? { type: "launch", delayMs: retryAfterMs }
          : { type: "refuse", reason: "budget-spent", retryAfterMs },
      );
      states.set(op.key, next);
    }
  });
});

type SutureOp =
  | {
      readonly op: "fail";
      readonly service: string;
      readonly atMs: Millis;
      readonly failures: number;
      readonly restarting: boolean;
      readonly backoffMs?: Millis;
      readonly resumeAtMs?: Millis;
    }
  | {
      readonly op: "resume";
      readonly atMs: Millis;
      readonly restarted: readonly string[];
      readonly failures: number;
    };

interface SutureDecay {
  readonly cases: readonly {
    readonly id: string;
    readonly failureDecaySec: number;
    readonly failureThreshold: number;
    readonly failureBackoffMs: Millis;
    readonly ops: readonly SutureOp[];
  }[];
}

// All services of a suture supervisor share one budget; its queue is the children that were refused.
describe("suture: suture_decay", () => {
  const { cases } = golden<SutureDecay>(new URL("./vectors/suture_decay.json", import.meta.url));

  test.each(cases)("$id", (options) => {
    const policy = decayingBudget({
      halfLifeMs: options.failureDecaySec * 1_000,
      threshold: options.failureThreshold,
      pauseMs: options.failureBackoffMs,
      onTrip: "hold",
    });
    let state: DecayingBudgetState = policy.initial();
    let resumeAtMs = 0;
    let waiting: string[] = [];
    for (const op of options.ops) {
      if (op.op === "resume") {
        expect(op.atMs).toBe(resumeAtMs);
        expect(waiting).toEqual(op.restarted);
        if (op.atMs > 0) {
          const early = policy.step(state, restart, op.atMs - 1)[1];
          expect(early).toMatchObject({ type: "refuse", retryAfterMs: 1 });
        }
        for (const _ of waiting) {
          const [next, decision] = policy.step(state, restart, op.atMs);
          expect(decision).toEqual({ type: "launch", delayMs: 0 });
          state = next;
        }
        expect(state.score).toBe(op.failures);
        waiting = [];
        continue;
      }
      [state] = policy.step(state, crash, op.atMs);
      expect(Math.abs(state.score - op.failures)).toBeLessThanOrEqual(1e-9 * op.failures);
      const [next, decision] = policy.step(state, restart, op.atMs);
      state = next;
      if (op.restarting) {
        expect(decision).toEqual({ type: "launch", delayMs: 0 });
        continue;
      }
      resumeAtMs = op.resumeAtMs ?? resumeAtMs;
      waiting.push(op.service);
      const retryAfterMs = resumeAtMs - op.atMs;
      expect(decision).toEqual({ type: "refuse", reason: "crash-storm", retryAfterMs });
    }
  });
});
