// Golden vectors of epics-base-rs' `supervise`, which came from running it on a virtual clock: the whole
// loop, with a real sliding window and a constant delay, launches when the source launched, and ends as
// it ended.
//
// The source stamps an admission before its delay, so window and delay are members of one `allOf`; its
// refusals are final, so nobody waits; and its limit 0 runs once.

import { backoff, constant } from "@steadfast/backoff";
import { allOf, type Exit, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { type Outcome, supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";
import { describe, expect, it } from "vitest";
import { goldenCases } from "../../../config/testing/vectors.ts";

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
    /** `running`: a launch beyond the script's end, which never finishes. */
    readonly outcome: "ok" | "tooManyRestarts" | "running";
    readonly endMs?: number;
    readonly maxRestarts?: number;
    readonly windowSecs?: number;
    readonly lastError?: string;
    readonly display?: string;
  };
}

const cases = goldenCases<Case>(new URL("./vectors/supervise_launches.json", import.meta.url));

const exitOf = ({ result, error }: Run): Exit =>
  result === "ok" ? { kind: "completed" } : { kind: "failed", error };

/** What the source would have said of an outcome. */
function told(outcome: Outcome | null, { policy }: Case): Case["expect"]["outcome"] | string {
  if (outcome === null) return "running";
  if (outcome.type === "completed") return "ok";
  const last = outcome.lastExit;
  const error = last?.kind === "failed" ? last.error : "none";
  const secs = Math.floor(policy.windowMs / 1_000);
  return `supervisor: too many restarts (${policy.maxRestarts} in ${secs}s); last error: ${error}`;
}

async function run(one: Case) {
  const { maxRestarts, windowMs, delayMs } = one.policy;
  const system = manualSystem();
  const launcher = scriptedLauncher(
    system,
    one.script.map((attempt) => ({ runMs: attempt.runMs, exit: exitOf(attempt) })),
  );
  let endedAt: number | undefined;
  const handle = supervise(
    launcher,
    {
      policy: allOf(
        restartOn("transient"),
        slidingWindow({ limit: maxRestarts, windowMs, limitZero: "run-once" }),
        backoff({ curve: constant({ delayMs }), jitter: "none" }),
      ),
      onNotYet: "end",
      onEvent: ({ type, at }) => {
        if (type === "ended") endedAt = at;
      },
    },
    system,
  );
  const longest = one.script.reduce((sum, { runMs }) => sum + runMs + delayMs, delayMs);
  await system.advance(longest);
  const outcome = await Promise.race([handle.outcome, null]);
  const seen = {
    launches: launcher.attempts.length,
    launchAtMs: launcher.launchedAt,
    outcome: told(outcome, one),
    endMs: endedAt,
    reason: outcome?.type === "refused" ? outcome.reason : undefined,
  };
  await handle.stop();
  return { ...seen, left: [system.pendingTimers, launcher.alive] };
}

describe("supervise launches when the source launched", () => {
  it.each(cases.map((one) => [one.id, one] as const))("%s", async (_, one) => {
    const { outcome, endMs, display, launches, launchAtMs } = one.expect;
    const refused = outcome === "tooManyRestarts";
    expect(await run(one)).toEqual({
      launches,
      launchAtMs,
      outcome: refused ? display : outcome,
      endMs,
      reason: refused ? "window-full" : undefined,
      left: [0, 0],
    });
  });

  it("in many cases of each outcome", () => {
    for (const outcome of ["ok", "tooManyRestarts", "running"]) {
      expect(cases.filter((one) => one.expect.outcome === outcome).length).toBeGreaterThan(30);
    }
  });
});
