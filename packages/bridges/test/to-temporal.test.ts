// The law of the compiler: what Temporal computes from the data, and what the policy answers, agree on random lives of
// attempts that fail.

import { backoff, constant } from "@steadfast/backoff";
import {
  allOf,
  type Exit,
  inTurn,
  lifetimeCap,
  type RestartPolicy,
  restartOn,
} from "@steadfast/policy";
import type { PolicySpec } from "@steadfast/spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { isNotExpressibleError } from "../src/index.js";
import { type TemporalRetryPolicy, toTemporal } from "../src/temporal.js";
import { fate, type Life } from "./lives.js";

const ms = fc.constantFrom(1, 20, 1_000, 90_061, 2 ** 31);
const delay = fc.oneof(
  ms.map((delayMs) => backoff({ curve: constant({ delayMs }), capMs: 2 ** 40, jitter: "none" })),
  fc
    .record({
      initialMs: ms,
      factor: fc.constantFrom(1, 1.5, 2, 10),
      capMs: ms,
      counts: fc.constantFrom("failures" as const, "restarts" as const),
    })
    .map((options) => backoff({ ...options, jitter: "none", resetAfterMs: null })),
);
const limit = fc.nat(5).map((restarts) => lifetimeCap({ restarts }));
const type = fc.constantFrom("permanent" as const, "transient" as const, "temporary" as const);
const policies = fc.oneof(
  delay,
  fc.tuple(delay, limit).map(([first, second]) => inTurn(first, second)),
  fc
    .tuple(type, delay, limit, limit)
    .map(([one, ...others]) => allOf(restartOn(one), ...(others as RestartPolicy[]))),
);

const EXITS: readonly Exit[] = [
  { kind: "failed", error: new Error("lost") },
  { kind: "timed-out", afterMs: 5, ended: { kind: "failed", error: "late" } },
];
const runs = fc.array(fc.tuple(fc.nat(5_000_000), fc.constantFrom(...EXITS)), {
  minLength: 1,
  maxLength: 12,
});

/** The retries of an activity whose attempts run so long and fail: the delays are Temporal's, whoever computes them. */
function lived(retry: TemporalRetryPolicy, attempts: readonly (readonly [number, Exit])[]) {
  const launch = { type: "launch", draw: 0.7, wall: 0 } as const;
  let now = 1_000_000;
  const life: Life[number][] = [{ at: now, event: { ...launch, cause: "start" } }];
  const delays: (number | string)[] = [0];
  for (const [i, [uptimeMs, exit]] of attempts.entries()) {
    now += uptimeMs;
    life.push({ at: now, event: { type: "exited", exit, failed: true, uptimeMs } });
    life.push({ at: now, event: { ...launch, cause: "restart" } });
    if (i + 1 >= (retry.maximumAttempts ?? Number.POSITIVE_INFINITY)) {
      delays.push("end");
      break;
    }
    const delayMs = Math.min(
      retry.initialInterval * retry.backoffCoefficient ** i,
      retry.maximumInterval,
    );
    delays.push(Math.round(delayMs * 1_000));
    now += Math.ceil(delayMs);
  }
  return { life, delays };
}

it("Temporal's delays and number of attempts are the policy's on random lives", () => {
  law(fc.tuple(policies, runs), ([policy, attempts], reached) => {
    const { retry, report } = toTemporal(policy);
    expect(report).toEqual([]);
    const { life, delays } = lived(retry, attempts);
    expect(fate(policy, life, "wait")).toEqual(delays);
    if (delays.length > 3) reached();
  });
});

describe("what Temporal cannot express", () => {
  it.each<readonly [string, PolicySpec | RestartPolicy]>([
    ["policy: slidingWindow", "10/10m"],
    ["policy: backoff.jitter", "200ms..30s"],
    ["policy: backoff.resetAfterMs", backoff({ jitter: "none", resetAfterMs: 60_000 })],
    ["policy: backoff.initialMs", "0ms..0ms x1 none"],
    ["policy: backoff", lifetimeCap({ restarts: 3 })],
    ["policy: backoff", "on-failure"],
    ["policy: crashBudget", { kind: "crashBudget" }],
    ["policy: systemd", { preset: "systemd" }],
    ["policy: lifetimeCap.restarts", allOf(lifetimeCap({ restarts: 2 ** 40 }))],
    ["policy: backoff.capMs", backoff({ capMs: 2 ** 50, jitter: "none", resetAfterMs: null })],
  ])("%s is refused; lossy writes the nearest", (part, policy) => {
    let refused: unknown;
    try {
      toTemporal(policy);
    } catch (error) {
      refused = error;
    }
    expect(isNotExpressibleError(refused) && refused.report.map((one) => one.part)).toContain(part);
    const { retry, report } = toTemporal(policy, { lossy: true });
    expect(report.map((one) => one.part)).toContain(part);
    expect(retry.initialInterval).toBeGreaterThanOrEqual(1);
    expect(retry.maximumInterval).toBeGreaterThanOrEqual(retry.initialInterval);
  });

  it("one attempt waits for nothing", () => {
    expect(toTemporal("never").retry.maximumAttempts).toBe(1);
  });
});
