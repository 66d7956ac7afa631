// What each preset takes: the source's defaults, its clamps, and an error for what no source takes.

import { isPolicyOptionsError, type PolicyOptionsError } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import type * as presets from "../src/index.js";
import {
  asynSupervise,
  caGateway,
  epicsProcserv,
  epicsSupervise,
  processkit3,
  processkit07,
  processmanager,
  runningProcessRecovery,
  runningProcessSpawn,
  runpm,
  tokioSlotLoop,
  tokioSlotState,
} from "../src/index.js";

type Make = (options?: never) => presets.Preset;
const call = (make: Make, options: object) => make(options as never);

function refusal(make: Make, options: object): Pick<PolicyOptionsError, "message"> | null {
  try {
    call(make, options);
    return null;
  } catch (error) {
    if (!isPolicyOptionsError(error)) throw error;
    return error;
  }
}

const MAKERS = {
  asynSupervise,
  caGateway,
  epicsProcserv,
  epicsSupervise,
  processkit3,
  processkit07,
  processmanager,
  runningProcessRecovery,
  runningProcessSpawn,
  runpm,
  tokioSlotLoop,
  tokioSlotState,
} as unknown as Readonly<Record<string, Make>>;

const same = (one: presets.Preset, other: presets.Preset) =>
  expect(one.policy.describe).toEqual(other.policy.describe);

describe("the defaults are the source's", () => {
  test.each<[string, object]>([
    ["epicsSupervise", { maxRestarts: 10, windowMs: 600_000, delayMs: 10_000 }],
    [
      "epicsProcserv",
      { maxRestarts: null, windowMs: 600_000, holdoffMs: 15_000, restartMode: "onExit" },
    ],
    ["caGateway", { nRestarts: 10, restartIntervalMs: 600_000, restartDelayMs: 10_000 }],
    ["asynSupervise", { maxRestarts: 5, restartWindowMs: 60_000 }],
    ["processmanager", { initialMs: 200, maxMs: 30_000, factor: 2, literal: false, fixed: false }],
    [
      "processkit07",
      {
        restart: "onCrash",
        maxRestarts: null,
        backoffBaseMs: 200,
        backoffFactor: 2,
        maxBackoffMs: 30_000,
        jitter: true,
        fixed: false,
      },
    ],
    [
      "processkit3",
      {
        restart: "onCrash",
        maxRestarts: null,
        backoffBaseMs: 200,
        backoffFactor: 2,
        maxBackoffMs: 30_000,
        jitter: true,
        okCodes: [0],
        stormPauseMs: null,
        failureDecayMs: 30_000,
        failureThreshold: 5,
        fixed: false,
      },
    ],
    [
      "tokioSlotState",
      {
        limit: 2 ** 32 - 1,
        windowMs: 60_000,
        restartPolicy: "transient",
        initialDelayMs: 10,
        maxDelayMs: 1_000,
      },
    ],
    [
      "tokioSlotLoop",
      {
        limit: 2 ** 32 - 1,
        windowMs: 60_000,
        restartPolicy: "transient",
        initialDelayMs: 10,
        maxDelayMs: 1_000,
      },
    ],
    ["runningProcessRecovery", { retryBackoffMs: 250, budgetWindowMs: 30_000, literal: false }],
    ["runningProcessSpawn", { maxAttempts: 3, windowMs: 30_000 }],
    [
      "runpm",
      {
        autorestart: true,
        maxRestarts: 0,
        restartDelayMs: 500,
        minUptimeMs: 2_000,
        killTimeoutMs: 3_000,
      },
    ],
  ])("%s", (name, all) => {
    const make = MAKERS[name] as Make;
    same(make(), call(make, all));
    const { policy: _, isFailure: __, ...options } = make();
    expect(call(make, all)).toMatchObject(JSON.parse(JSON.stringify(options)));
  });
});

describe("a clamp of the source", () => {
  test.each<[reason: string, clamped: presets.Preset, meant: presets.Preset]>([
    [
      "RestartBackoff::new: a factor of 0 is 1",
      processmanager({ factor: 0 }),
      processmanager({ factor: 1 }),
    ],
    [
      "run: a factor that is not finite is 1",
      processkit07({ backoffFactor: Number.NaN }),
      processkit07({ backoffFactor: 1 }),
    ],
    [
      "run: a factor below 1 is 1",
      processkit3({ backoffFactor: -2 }),
      processkit3({ backoffFactor: 1 }),
    ],
    [
      "storm: a threshold that is not finite is never exceeded",
      processkit3({ stormPauseMs: 0, failureThreshold: Number.NaN }),
      processkit3({ stormPauseMs: 0, failureThreshold: Number.MAX_SAFE_INTEGER }),
    ],
    [
      "storm: below 0 is exceeded by every failure, as 0 is",
      processkit3({ stormPauseMs: 9, failureThreshold: -7 }),
      processkit3({ stormPauseMs: 9, failureThreshold: 0 }),
    ],
    [
      "non_zero_duration: 0 is 1 ms",
      runningProcessRecovery({ retryBackoffMs: 0, budgetWindowMs: 0 }),
      runningProcessRecovery({ retryBackoffMs: 1, budgetWindowMs: 1 }),
    ],
    [
      "SpawnBudgetConfig::new: 0 is 1",
      runningProcessSpawn({ maxAttempts: 0, windowMs: 0 }),
      runningProcessSpawn({ maxAttempts: 1, windowMs: 1 }),
    ],
    [
      "runpm: 0 is the default",
      runpm({ restartDelayMs: 0, minUptimeMs: 0, killTimeoutMs: 0 }),
      runpm(),
    ],
  ])("%s", (_, clamped, meant) => same(clamped, meant));
});

describe("what no source takes is an error that names preset and option", () => {
  const bad: Readonly<Record<string, readonly [key: string, value: unknown][]>> = {
    asynSupervise: [
      ["maxRestarts", -1],
      ["restartWindowMs", 0.5],
    ],
    caGateway: [
      ["nRestarts", 0],
      ["restartIntervalMs", -1],
      ["restartDelayMs", 0.5],
    ],
    epicsProcserv: [
      ["maxRestarts", 1.5],
      ["windowMs", -1],
      ["holdoffMs", Number.NaN],
      ["restartMode", "off"],
    ],
    epicsSupervise: [
      ["maxRestarts", Number.POSITIVE_INFINITY],
      ["windowMs", "1"],
      ["delayMs", -1],
    ],
    processkit3: [
      ["giveUpWhen", true],
      ["okCodes", [0.5]],
      ["okCodes", 0],
      ["stormPauseMs", 0.5],
      ["failureDecayMs", -1],
      ["failureThreshold", "5"],
      ["fixed", 1],
    ],
    processkit07: [
      ["restart", "sometimes"],
      ["maxRestarts", -1],
      ["backoffBaseMs", -1],
      ["backoffFactor", "2"],
      ["maxBackoffMs", Number.NaN],
      ["jitter", "full"],
      ["stopWhen", 7],
      ["fixed", "yes"],
      ["giveUpWhen", () => true],
    ],
    processmanager: [
      ["initialMs", -1],
      ["maxMs", Number.POSITIVE_INFINITY],
      ["factor", 1.5],
      ["literal", 1],
      ["fixed", null],
    ],
    runningProcessRecovery: [
      ["retryBackoffMs", -1],
      ["budgetWindowMs", 0.5],
      ["literal", "no"],
    ],
    runningProcessSpawn: [
      ["maxAttempts", -1],
      ["windowMs", 0.5],
    ],
    runpm: [
      ["autorestart", 1],
      ["maxRestarts", -1],
      ["restartDelayMs", 0.5],
      ["minUptimeMs", -1],
      ["killTimeoutMs", null],
    ],
    tokioSlotLoop: [
      ["limit", 0],
      ["windowMs", 0.5],
      ["restartPolicy", "always"],
      ["initialDelayMs", -1],
      ["maxDelayMs", Number.NaN],
    ],
    tokioSlotState: [["limit", -1]],
  };
  const rows = Object.entries(bad).flatMap(([name, pairs]) =>
    [...pairs, ["misspelt", 1] as const].map(([key, value]) => [name, key, value] as const),
  );

  test.each(rows)("%s: %s", (name, key, value) => {
    const error = refusal(MAKERS[name] as Make, { [key]: value });
    expect(error?.message).toContain(name);
    expect(error?.message).toContain(key);
  });

  test("every preset is here", () => {
    expect(Object.keys(bad).sort()).toEqual(Object.keys(MAKERS).sort());
  });
});
