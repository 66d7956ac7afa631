// Every way in which an attempt ends, under every family of policies, on virtual time: when it is launched again, and how
// it ends. The child fails in that way at 10 ms of its life, forever.

import { backoff } from "@steadfast/backoff";
import { crashBudget } from "@steadfast/crash-budget";
import { type Exit, inTurn, type RestartPolicy, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";
import { describe, expect, it } from "vitest";

const LIFE_MS = 10;
const DELAY_MS = 100;

const bad: readonly Exit[] = [
  { kind: "failed", code: 1 },
  { kind: "failed", code: 143 },
  { kind: "failed" },
  { kind: "signalled", signal: "SIGKILL" },
  { kind: "spawn-failed", error: new Error("ENOENT") },
  { kind: "abandoned" },
  { kind: "timed-out", afterMs: 5 },
  { kind: "unhealthy", reason: "probe-failed" },
];
const good: Exit = { kind: "completed", code: 0 };

interface Family {
  readonly policy: () => RestartPolicy;
  /** When it is launched, for a failure and for a success. */
  readonly failures: readonly number[];
  readonly successes: readonly number[];
  /** Why there is no more. */
  readonly reasons: readonly [failure: string, success: string];
}

const limit = () => slidingWindow({ limit: 3, windowMs: 60_000 });
const delay = () => backoff({ initialMs: DELAY_MS, factor: 1, capMs: DELAY_MS, jitter: "none" });
const at = (step: number, count: number) => Array.from({ length: count }, (_, i) => i * step);

const families: Readonly<Record<string, Family>> = {
  temporary: {
    policy: () => restartOn("temporary"),
    failures: [0],
    successes: [0],
    reasons: ["not-wanted", "not-wanted"],
  },
  "transient, at most 3 in a minute": {
    policy: () => inTurn(restartOn("transient"), limit()),
    failures: at(LIFE_MS, 3),
    successes: [0],
    reasons: ["window-full", "not-wanted"],
  },
  "permanent, with a delay, at most 3 in a minute": {
    policy: () => inTurn(delay(), limit()),
    failures: at(LIFE_MS + DELAY_MS, 3),
    successes: at(LIFE_MS + DELAY_MS, 3),
    reasons: ["window-full", "window-full"],
  },
  "transient, 2 crashes in a minute are retried": {
    policy: () =>
      inTurn(
        restartOn("transient"),
        crashBudget({ retries: 2, windowMs: 60_000, retryDelayMs: 50 }),
      ),
    failures: at(LIFE_MS + 50, 3),
    successes: [0],
    reasons: ["budget-spent", "not-wanted"],
  },
};

async function run(policy: RestartPolicy, exit: Exit) {
  const system = manualSystem();
  const launcher = scriptedLauncher(
    system,
    Array.from({ length: 10 }, () => ({ runMs: LIFE_MS, exit })),
  );
  const { outcome } = supervise(launcher, { policy, onNotYet: "end" }, system);
  await system.advance(10_000);
  const { type, ...end } = await outcome;
  return {
    launches: launcher.launchedAt,
    type,
    reason: "reason" in end ? end.reason : undefined,
    kind: end.lastExit?.kind,
    left: [system.pendingTimers, launcher.alive],
  };
}

describe.each(Object.entries(families))("%s", (_name, { policy, failures, successes, reasons }) => {
  it.each(bad.map((exit) => [exit.kind, exit] as const))("after %s", async (kind, exit) => {
    expect(await run(policy(), exit)).toStrictEqual({
      launches: failures,
      type: "refused",
      reason: reasons[0],
      kind,
      left: [0, 0],
    });
  });

  it("after completed", async () => {
    const { launches, reason, kind, left } = await run(policy(), good);
    expect({ launches, kind, left }).toStrictEqual({
      launches: successes,
      kind: "completed",
      left: [0, 0],
    });
    expect(reason ?? "not-wanted").toBe(reasons[1]);
  });
});
