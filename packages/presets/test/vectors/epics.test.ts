// epics-base-rs 0.20.2 through its presets: the tracker by epicsProcserv, which asks it at every exit,
// and by epicsSupervise where the limit is not 0 (there it runs once); the loop by epicsSupervise.
//
// Where the file's clock goes back ours stands still: the cases which that changes are computed, by
// running the source's algorithm on both clocks. docs/provenance.md lists them.

import type { AllOfState, Exit } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { goldenCases } from "../../../../config/testing/vectors.ts";
import { epicsProcserv, epicsSupervise } from "../../src/index.js";
import { restart } from "../events.js";
import { ending, play } from "../play.js";
import { asGiven, type Clock, held } from "./clocks.js";
import { heldStamps } from "./held-stamps.js";

interface Limits {
  readonly maxRestarts: number;
  readonly windowMs: number;
}

interface Recorded {
  readonly ok?: boolean;
  readonly count: number;
  readonly lastMs: number | null;
}

type Op =
  | {
      readonly op: "tryRecord";
      readonly atMs: number;
      readonly policy?: Limits;
      readonly expect: Recorded;
    }
  | { readonly op: "reset"; readonly expect: Recorded };

interface TrackerCase {
  readonly id: string;
  readonly policy: Limits;
  readonly ops: readonly Op[];
}

function source({ policy, ops }: TrackerCase, clock: Clock): readonly Recorded[] {
  let stamps: number[] = [];
  return ops.map((op) => {
    if (op.op === "reset") {
      stamps = [];
      return { count: 0, lastMs: null };
    }
    const { maxRestarts, windowMs } = op.policy ?? policy;
    const now = clock(op.atMs);
    stamps = stamps.filter((stamp) => Math.max(0, now - stamp) < windowMs);
    const ok = stamps.length < maxRestarts;
    if (ok) stamps.push(now);
    return { ok, count: stamps.length, lastMs: stamps.at(-1) ?? null };
  });
}

const PRESETS = {
  epicsProcserv: {
    policyOf: (limits: Limits) => epicsProcserv(limits).policy,
    windowOf: (state: unknown) => (state as { inside: AllOfState }).inside[0],
  },
  epicsSupervise: {
    policyOf: (limits: Limits) => epicsSupervise(limits).policy,
    windowOf: (state: unknown) => (state as AllOfState)[1],
  },
} as const;

/** The tracker's options may change from call to call: the state does not depend on them. */
function ours(
  name: keyof typeof PRESETS,
  { policy, ops }: TrackerCase,
  clock: Clock,
): readonly Recorded[] {
  const { policyOf, windowOf } = PRESETS[name];
  let state: unknown = policyOf(policy).initial();
  return ops.map((op) => {
    const { step } = policyOf((op.op === "tryRecord" && op.policy) || policy) as {
      step: ReturnType<typeof epicsSupervise>["policy"]["step"];
    };
    const event = op.op === "reset" ? ({ type: "reset" } as const) : restart;
    const [next, decision] = step(
      state as AllOfState,
      event,
      op.op === "reset" ? 0 : clock(op.atMs),
    );
    state = next;
    const stamps = heldStamps(windowOf(next));
    const held = { count: stamps.length, lastMs: stamps.at(-1) ?? null };
    if (decision.type === "refuse") expect(decision.reason).toBe("window-full");
    return { ...(op.op === "tryRecord" && { ok: decision.type === "launch" }), ...held };
  });
}

const tracker = goldenCases<TrackerCase>(new URL("./sliding_window.json", import.meta.url));
const expected = ({ ops }: TrackerCase) =>
  ops.map(({ expect: { ok, count, lastMs } }) =>
    ok === undefined ? { count, lastMs } : { ok, count, lastMs },
  );
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const changed = tracker.filter((one) => !same(source(one, held()), expected(one)));
const mentionsZero = ({ policy, ops }: TrackerCase) =>
  [policy, ...ops.map((op) => (op.op === "tryRecord" && op.policy) || policy)].some(
    ({ maxRestarts }) => maxRestarts === 0,
  );
const withoutZero = tracker.filter((one) => !mentionsZero(one));

describe("sliding_window", () => {
  test("the twin is the source; 9 of 138 cases change on a clock that stands still", () => {
    for (const one of tracker) expect(source(one, asGiven), one.id).toEqual(expected(one));
    expect([changed.length, tracker.length]).toEqual([9, 138]);
  });

  test("22 of them have a limit of 0, which epicsSupervise runs once", () => {
    expect(tracker.length - withoutZero.length).toBe(22);
  });

  for (const [name, cases] of [
    ["epicsProcserv", tracker],
    ["epicsSupervise", withoutZero],
  ] as const) {
    test.each(cases.filter((one) => !changed.includes(one)))(`$id by ${name}`, (one) => {
      expect(ours(name, one, asGiven)).toEqual(expected(one));
    });

    test.each(cases.filter((one) => changed.includes(one)))(`$id by ${name}, clock held`, (one) => {
      expect(ours(name, one, held())).toEqual(source(one, held()));
    });
  }
});

interface Run {
  readonly runMs: number;
  readonly result: "ok" | "err";
  readonly error?: string;
}

interface LoopCase {
  readonly id: string;
  readonly policy: Limits & { readonly delayMs: number };
  readonly script: readonly Run[];
  readonly expect: {
    readonly launchAtMs: readonly number[];
    /** `running`: a launch beyond the script's end, which never finishes. */
    readonly outcome: "ok" | "tooManyRestarts" | "running";
    readonly endMs?: number;
    readonly lastError?: string;
  };
}

const exitOf = ({ result, error }: Run): Exit =>
  result === "ok" ? { kind: "completed" } : { kind: "failed", error };

const OUTCOMES = { ok: "completed", tooManyRestarts: "window-full", running: null } as const;

describe("supervise_launches", () => {
  test.each(goldenCases<LoopCase>(new URL("./supervise_launches.json", import.meta.url)))(
    "$id",
    async ({ policy, script, ...one }) => {
      const longest = script.reduce(
        (sum, { runMs }) => sum + runMs + policy.delayMs,
        policy.delayMs,
      );
      const attempts = script.map((run) => ({ runMs: run.runMs, exit: exitOf(run) }));
      const played = await play(
        epicsSupervise(policy),
        (attempt) => attempts[attempt - 1] ?? {},
        longest,
      );
      const { launchAtMs, outcome, endMs = null, lastError } = one.expect;
      expect(played.at).toEqual(launchAtMs);
      expect(ending(played)).toBe(OUTCOMES[outcome]);
      expect(played.endedAt).toBe(endMs);
      if (lastError !== undefined)
        expect(played.outcome?.lastExit).toHaveProperty("error", lastError);
    },
  );
});
