// The series that each source is known by, one row each with the reason for it.

import type { AllOfState, LaunchAnswer, RestartPolicy } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import {
  asynSupervise,
  caGateway,
  epicsProcserv,
  epicsSupervise,
  processkit07,
  processmanager,
  runningProcessRecovery,
  runpm,
  tokioSlotLoop,
  tokioSlotState,
} from "../src/index.js";
import { cleanExit, crash, restart, start } from "./events.js";

/** Asks for a restart after a crash at each of these instants; a launch delay, or minus the wait. */
function afterCrashes<State>(policy: RestartPolicy<State>, instants: readonly number[]) {
  let state = policy.step(policy.initial(), start, 0)[0];
  return instants.map((now) => {
    [state] = policy.step(state, crash, now);
    const [next, answer] = policy.step(state, restart, now);
    state = next;
    return short(answer as LaunchAnswer);
  });
}

/** The answers to bare requests at these instants. */
function asked<State>(policy: RestartPolicy<State>, instants: readonly number[]) {
  let state = policy.initial();
  return instants.map((now) => {
    const [next, answer] = policy.step(state, restart, now);
    state = next;
    return answer.type === "launch";
  });
}

function short(answer: LaunchAnswer): number | "never" {
  if (answer.type === "launch") return answer.delayMs;
  return answer.retryAfterMs === null ? "never" : -answer.retryAfterMs;
}

const at = (count: number, now = 0) => Array.from({ length: count }, () => now);
const doubling = [200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000];

describe("delays after failures in a row", () => {
  test.each<[reason: string, policy: RestartPolicy<unknown>, delays: readonly number[]]>([
    ["the 1st failure waits the initial delay", processmanager().policy as RestartPolicy, doubling],
    [
      "a cap below the initial delay wins from the first on",
      processmanager({ initialMs: 5_000, maxMs: 1_000 }).policy as RestartPolicy,
      [1_000, 1_000],
    ],
    [
      "factor 0 by the constructor is 1",
      processmanager({ factor: 0 }).policy as RestartPolicy,
      [200, 200, 200],
    ],
    [
      "factor 0 by a literal: only the first failure waits",
      processmanager({ factor: 0, literal: true }).policy as RestartPolicy,
      [200, 0, 0],
    ],
    [
      "a literal with another factor is like the constructor",
      processmanager({ factor: 3, literal: true }).policy as RestartPolicy,
      [200, 600, 1_800],
    ],
    [
      "factor 0 by a literal: the cap holds for the first",
      processmanager({ factor: 0, maxMs: 50, literal: true }).policy as RestartPolicy,
      [50, 0],
    ],
    [
      "the restart 0 waits the base",
      processkit07({ jitter: false }).policy as RestartPolicy,
      doubling,
    ],
    ...([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0.5, -3].map(
      (factor) => [
        `factor ${factor} is 1 when it is used`,
        processkit07({ jitter: false, backoffFactor: factor }).policy as RestartPolicy,
        [200, 200, 200],
      ],
    ) as [string, RestartPolicy, number[]][]),
    [
      "base 0 is no delay, whatever the factor",
      processkit07({ backoffBaseMs: 0 }).policy as RestartPolicy,
      [0, 0],
    ],
    [
      "attempt 1 waits 10 ms",
      tokioSlotLoop().policy as RestartPolicy,
      [10, 20, 40, 80, 160, 320, 640, 1_000, 1_000],
    ],
    [
      "crash 0 waits 500 ms",
      runpm().policy as RestartPolicy,
      [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000],
    ],
    ["asyn-rs never waits", asynSupervise().policy as RestartPolicy, [0, 0, 0, 0, 0]],
    [
      "the C gateway, at one instant: the start before is dated before its delay",
      caGateway().policy as RestartPolicy,
      [10_000, 10_000, 10_000],
    ],
  ])("%s", (_, policy, delays) => {
    expect(afterCrashes(policy, at(delays.length))).toEqual(delays);
  });
});

describe("epics tracker", () => {
  const calls = [0, 10_000, 20_000, 30_000, 59_999, 60_000, 69_999, 70_000];

  test("3 in 60 s: exactly the window later one is free, and a refusal is not recorded", () => {
    const limits = { maxRestarts: 3, windowMs: 60_000 };
    const expected = [true, true, true, false, false, true, false, true];
    expect(asked(epicsProcserv(limits).policy, calls)).toEqual(expected);
    expect(asked(epicsSupervise(limits).policy, calls)).toEqual(expected);
  });

  test("window 0 never refuses", () => {
    const limits = { maxRestarts: 3, windowMs: 0 };
    expect(asked(epicsSupervise(limits).policy, at(6, 5))).toEqual(at(6).map(() => true));
  });

  test("asyn-rs records what it refuses: the window moves with every failure", () => {
    const { policy } = asynSupervise({ maxRestarts: 1, restartWindowMs: 100 });
    expect(afterCrashes(policy, [0, 60, 120, 221])).toEqual([0, -40, -40, 0]);
  });
});

describe("tokio tracker", () => {
  const used = (make: typeof tokioSlotState, events: readonly [at: number, failed: boolean][]) => {
    const { policy, restartLimit } = make({ restartPolicy: "permanent", windowMs: 60_000 });
    let state: AllOfState = policy.initial();
    return events.map(([now, failed]) => {
      [state] = policy.step(state, failed ? crash : cleanExit, now);
      return restartLimit(state, now).used;
    });
  };
  const series = [0, 10_000, 20_000, 30_000, 60_000, 60_001, 90_000];

  test.each([
    ["slot", tokioSlotState],
    ["loop", tokioSlotLoop],
  ])("%s: exactly the window old still counts", (_, make) => {
    expect(
      used(
        make,
        series.map((now) => [now, true]),
      ),
    ).toEqual([1, 2, 3, 4, 5, 5, 4]);
    const quiet = [
      [0, true],
      [1_000, false],
      [60_000, false],
      [60_001, false],
    ] as const;
    expect(used(make, quiet as never)).toEqual([1, 1, 1, 0]);
  });

  test("limit 3: the flag is up from the 3rd failure on, the loop blocks from the 4th on", () => {
    const launched = (make: typeof tokioSlotState) =>
      afterCrashes(make({ limit: 3, initialDelayMs: 0 }).policy, series.slice(0, 4)).map(
        (one) => one === 0,
      );
    expect(launched(tokioSlotState)).toEqual([true, true, false, false]);
    expect(launched(tokioSlotLoop)).toEqual([true, true, true, false]);
  });
});

describe("running-process", () => {
  test("the first crash of a window is retried; the window does not slide; its end opens the next", () => {
    const crashes = [0, 2_000, 29_999, 30_000, 30_001, 59_999, 60_000];
    const answers = [250, -28_000, -1, 250, -29_999, -1, 250];
    expect(afterCrashes(runningProcessRecovery().policy, crashes)).toEqual(answers);
  });

  test("zero durations are 1 ms by the constructor", () => {
    const { policy } = runningProcessRecovery({ retryBackoffMs: 0, budgetWindowMs: 0 });
    expect(afterCrashes(policy, [0, 0, 1])).toEqual([1, -1, 1]);
    const literal = runningProcessRecovery({ retryBackoffMs: 0, budgetWindowMs: 0, literal: true });
    expect(afterCrashes(literal.policy, [0, 0, 1])).toEqual([0, 0, 0]);
  });
});
