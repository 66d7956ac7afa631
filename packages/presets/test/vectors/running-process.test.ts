// running-process 4.5.5 through its preset. `via: "new"` is the constructor, whose clamp the preset has;
// `via: "literal"` is `literal: true`.
//
// Where the file's clock goes back ours stands still, as under a supervisor: the cases which that
// changes are computed, by running the source's algorithm on both clocks. docs/provenance.md lists them.

import { describe, expect, test } from "vitest";
import { goldenCases } from "../../../../config/testing/vectors.ts";
import { runningProcessRecovery } from "../../src/index.js";
import { crash, healthy, restart } from "../events.js";
import { asGiven, type Clock, held } from "./clocks.js";

interface Recorded {
  readonly decision: "retry" | "refuse";
  readonly retryAfterMs: number;
}

type Op =
  | {
      readonly op: "crash";
      readonly key: string;
      readonly atMs: number;
      readonly expect: Recorded;
    }
  | { readonly op: "success"; readonly key: string };

interface Case {
  readonly id: string;
  readonly policy: {
    readonly via: "new" | "literal" | "default";
    readonly retryBackoffMs: number;
    readonly budgetWindowMs: number;
    readonly effective: { readonly retryBackoffMs: number; readonly budgetWindowMs: number };
  };
  readonly ops: readonly Op[];
}

function source({ policy, ops }: Case, clock: Clock): readonly Recorded[] {
  const { retryBackoffMs, budgetWindowMs } = policy.effective;
  const windows = new Map<string, { at: number; crashes: number }>();
  return ops.flatMap((op): Recorded[] => {
    if (op.op === "success") {
      windows.delete(op.key);
      return [];
    }
    const now = clock(op.atMs);
    let window = windows.get(op.key);
    if (!window || Math.max(0, now - window.at) >= budgetWindowMs) window = { at: now, crashes: 0 };
    windows.set(op.key, window);
    window.crashes++;
    if (window.crashes === 1) return [{ decision: "retry", retryAfterMs: retryBackoffMs }];
    const elapsed = Math.max(0, now - window.at);
    return [{ decision: "refuse", retryAfterMs: budgetWindowMs - elapsed }];
  });
}

function policyOf({ via, retryBackoffMs, budgetWindowMs }: Case["policy"]) {
  if (via === "default") return runningProcessRecovery().policy;
  const literal = via === "literal";
  return runningProcessRecovery({ retryBackoffMs, budgetWindowMs, literal }).policy;
}

function ours({ policy: options, ops }: Case, clock: Clock): readonly Recorded[] {
  const policy = policyOf(options);
  const states = new Map<string, ReturnType<typeof policy.initial>>();
  let now = 0;
  return ops.flatMap((op): Recorded[] => {
    const state = states.get(op.key) ?? policy.initial();
    if (op.op === "success") {
      states.set(op.key, policy.step(state, healthy, now)[0]);
      return [];
    }
    now = clock(op.atMs);
    const [crashed] = policy.step(state, crash, now);
    const [next, answer] = policy.step(crashed, restart, now);
    states.set(op.key, next);
    if (answer.type === "launch") return [{ decision: "retry", retryAfterMs: answer.delayMs }];
    if (answer.type !== "refuse" || answer.retryAfterMs === null) throw new Error(answer.type);
    expect(answer.reason).toBe("budget-spent");
    return [{ decision: "refuse", retryAfterMs: answer.retryAfterMs }];
  });
}

const cases = goldenCases<Case>(new URL("./backend_recovery.json", import.meta.url));
const expected = ({ ops }: Case): readonly Recorded[] =>
  ops.flatMap((op) => {
    if (op.op === "success") return [];
    const { decision, retryAfterMs } = op.expect;
    return [{ decision, retryAfterMs }];
  });
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const changed = cases.filter((one) => !same(source(one, held()), expected(one)));

describe("backend_recovery", () => {
  test("the twin is the source; 11 of 98 cases change on a clock that stands still", () => {
    for (const one of cases) expect(source(one, asGiven), one.id).toEqual(expected(one));
    expect([changed.length, cases.length]).toEqual([11, 98]);
  });

  test.each(cases.filter((one) => !changed.includes(one)))("$id", (one) => {
    expect(ours(one, held())).toEqual(expected(one));
  });

  test.each(changed)("$id, clock held", (one) => {
    expect(ours(one, held())).toEqual(source(one, held()));
  });
});
