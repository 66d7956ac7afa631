// What a preset says about itself is enough to make it again: its name, and its options in force.

import type { RestartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import * as presets from "../src/index.js";

type Make = (options?: object) => { readonly policy: RestartPolicy };

const made = Object.entries(presets) as unknown as readonly (readonly [string, Make])[];

/** Options of which nothing may be lost, where the defaults do not show it. */
const given: { readonly [preset: string]: object } = {
  processkit07: {
    restart: "always",
    maxRestarts: 3,
    backoffFactor: 0.5,
    jitter: false,
    fixed: true,
  },
  processkit3: { okCodes: [0, 3, -0], stormPauseMs: 5, failureThreshold: -1, maxBackoffMs: 0.5 },
  runningProcessRecovery: { retryBackoffMs: 0, budgetWindowMs: 0, literal: true },
  runpm: { autorestart: false, killTimeoutMs: 7 },
  processmanager: { literal: true, factor: 0, fixed: true },
  epicsProcserv: { maxRestarts: 0, restartMode: "oneShot" },
};

describe.each(made)("%s", (name, make) => {
  it.each([
    ["by default", {}],
    ["as told", given[name] ?? {}],
  ])("is made again of its description, %s", (_, options) => {
    const { describe } = make(options).policy;
    expect(describe.kind).toBe(name);
    expect(JSON.parse(JSON.stringify(describe))).toEqual(describe);
    expect(make(describe.options).policy.describe).toEqual(describe);
    expect(describe.options).toEqual({ ...describe.options, ...filledIn(options) });
  });
});

/** What stands in the description as it was given: all but what its preset reads as something else. */
function filledIn(options: object): object {
  const { backoffFactor, failureThreshold, okCodes, ...kept } = options as Record<string, unknown>;
  return {
    ...kept,
    ...(backoffFactor !== undefined && { backoffFactor: 1 }),
    ...(failureThreshold !== undefined && { failureThreshold: 0 }),
    ...(okCodes !== undefined && { okCodes: [0, 3, 0] }),
  };
}

it("says where a function was given, and a threshold that no score gets to", () => {
  const never = () => false;
  expect(presets.processkit07({ stopWhen: never }).policy.describe.options).toMatchObject({
    stopWhen: { kind: "custom" },
  });
  const { options } = presets.processkit3({ giveUpWhen: never, failureThreshold: Infinity }).policy
    .describe;
  expect(options).toMatchObject({
    giveUpWhen: { kind: "custom" },
    failureThreshold: Number.MAX_SAFE_INTEGER,
  });
  expect(options).not.toHaveProperty("stopWhen");
});
