// What processkit's supervisor did, case by case, from a composition: the predicate, the restart type,
// what is permanent, and the budget decide; the delay is a policy of this test.

import { describe, expect, it } from "vitest";
import { goldenCases } from "../../../config/testing/vectors.ts";
import {
  allOf,
  type Exit,
  giveUpOn,
  launch,
  lifetimeCap,
  type RestartDecision,
  type RestartPolicy,
  type RestartType,
  restartOn,
  restartPolicy,
  stopWhen,
} from "../src/index.js";
import { start } from "./traces.js";

interface Backoff {
  readonly baseMs: number;
  readonly factor: number | string;
  readonly capMs: number;
}

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

interface Case {
  readonly id: string;
  readonly policy: "always" | "onCrash" | "never";
  readonly maxRestarts: number | null;
  readonly backoff: Backoff;
  readonly stopWhen: StopWhen | null;
  readonly script: readonly Step[];
  readonly expect: {
    readonly kind: "outcome" | "error" | "running";
    readonly stopped?: string;
    readonly error?: string;
    readonly restarts?: number;
    readonly finalIndex?: number;
    readonly finalCode?: number | null;
    readonly runs: number;
    readonly sleepsMs: readonly number[];
    readonly totalSleepMs: number;
  };
}

const cases = goldenCases<Case>(new URL("vectors/supervisor_outcomes.json", import.meta.url));

const TYPES: { readonly [policy in Case["policy"]]: RestartType } = {
  always: "permanent",
  onCrash: "transient",
  never: "temporary",
};

const STOPPED: { readonly [reason: string]: string } = {
  "stop-when": "predicate",
  "not-wanted": "policySatisfied",
  "cap-reached": "restartsExhausted",
};

function exitOf(step: Step): Exit {
  if ("exit" in step) {
    return step.exit === 0 ? { kind: "completed", code: 0 } : { kind: "failed", code: step.exit };
  }
  if ("signal" in step) return { kind: "signalled", signal: "SIGKILL" };
  if ("timeout" in step) return { kind: "timed-out", afterMs: 1 };
  return { kind: "spawn-failed", error: step.error };
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

/** processkit's delays: from the number of restarts so far, which never goes down. */
function delays({ baseMs, factor, capMs }: Backoff): RestartPolicy<number> {
  const sane = Number.isFinite(factor) ? Math.max(1, Number(factor)) : 1;
  return restartPolicy<number>({
    name: "delays",
    initial: () => 0,
    launch(restarts, { cause }) {
      if (cause === "start") return [restarts, launch()];
      const full = baseMs === 0 ? 0 : baseMs * sane ** restarts;
      return [restarts + 1, launch(full < capMs ? full : capMs)];
    },
  });
}

function policyOf({ policy, maxRestarts, backoff, stopWhen: when }: Case): RestartPolicy {
  return allOf(
    ...(when ? [stopWhen(predicateOf(when))] : []),
    restartOn(TYPES[policy]),
    giveUpOn((exit) => exit.kind === "spawn-failed" && exit.error === "cancelled"),
    ...(maxRestarts === null ? [] : [lifetimeCap({ restarts: maxRestarts })]),
    delays(backoff),
  );
}

/** A supervisor on a virtual clock: each run ends at once, and a delay is slept. */
function supervised({ script, ...rest }: Case) {
  const policy = policyOf({ script, ...rest });
  const sleepsMs: number[] = [];
  let now = 0;
  let runs = 0;
  let state = policy.initial();
  const step = (event: Parameters<typeof policy.step>[1]): RestartDecision => {
    const [next, decision] = policy.step(state, event, now);
    state = next;
    return decision;
  };
  let answer = step(start);
  while (answer.type === "launch") {
    if (answer.delayMs > 0) sleepsMs.push(answer.delayMs);
    now += Math.ceil(answer.delayMs);
    const ended = script[runs++];
    const soFar = { runs, sleepsMs, totalSleepMs: sleepsMs.reduce((sum, ms) => sum + ms, 0) };
    if (ended === undefined) return { kind: "running", ...soFar };
    const exit = exitOf(ended);
    step({ type: "exited", exit, failed: exit.kind !== "completed", uptimeMs: 0 });
    answer = step({ ...start, cause: "restart", wall: now });
    if (answer.type !== "refuse") continue;
    expect(answer.retryAfterMs).toBeNull();
    const finalIndex = runs - 1;
    if ("error" in ended) return { kind: "error", error: ended.error, finalIndex, ...soFar };
    return {
      kind: "outcome",
      stopped: STOPPED[answer.reason],
      restarts: runs - 1,
      finalIndex,
      finalCode: "exit" in ended ? ended.exit : null,
      ...soFar,
    };
  }
  throw new Error("the start was refused");
}

describe("processkit's supervisor", () => {
  it("has cases of every outcome here", () => {
    expect(new Set(cases.map(({ expect: { kind, stopped } }) => stopped ?? kind))).toEqual(
      new Set(["predicate", "policySatisfied", "restartsExhausted", "error", "running"]),
    );
  });

  it.each(cases.map((each) => [each.id, each] as const))("%s", (_, each) => {
    const { sleepsMs, totalSleepMs, ...rest } = supervised(each);
    const { sleepsMs: sleeps, totalSleepMs: total, ...expected } = each.expect;
    expect(rest).toEqual(expected);
    expect(sleepsMs).toHaveLength(sleeps.length);
    sleeps.forEach((ms, i) => {
      const tolerance = Math.max(1e-6, 1e-9 * ms);
      expect(Math.abs((sleepsMs[i] ?? Number.NaN) - ms)).toBeLessThanOrEqual(tolerance);
    });
    expect(Math.abs(totalSleepMs - total)).toBeLessThanOrEqual(Math.max(1e-6, 1e-9 * total));
  });
});
