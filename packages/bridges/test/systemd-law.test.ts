// The law of the compiler: the preset that is read back from the unit and the policy agree on random lives. And the
// round trip: what is run is read back as it was.

import { isFailure } from "@steadfast/policy";
import { type PolicySpec, policyFrom, presetFrom } from "@steadfast/spec";
import fc from "fast-check";
import { expect, it } from "vitest";
import { law } from "../../../config/testing/law.ts";
import type { Service } from "../src/index.js";
import { isNotExpressibleError } from "../src/index.js";
import { fromUnit, toSystemd } from "../src/systemd.js";
import { fate, lives } from "./lives.js";
import { services } from "./services.js";

const ms = fc.constantFrom(0, 1, 100, 1_500, 2_000, 60_000, 90_061);
const type = fc.constantFrom<PolicySpec>("always", "on-failure", "never");
const delay = fc.oneof(
  ms.map(
    (delayMs): PolicySpec => ({
      kind: "backoff",
      options: { curve: { kind: "constant", options: { delayMs } }, jitter: "none" },
    }),
  ),
  ms.map(
    (initialMs): PolicySpec => ({
      kind: "backoff",
      options: { initialMs, factor: 1, jitter: "none" },
    }),
  ),
);
const forLife = fc
  .nat(4)
  .map((restarts): PolicySpec => ({ kind: "lifetimeCap", options: { restarts } }));
const window = fc
  .tuple(fc.nat(3), fc.constantFrom(1, 2, 1_000, 10_000), fc.constantFrom("closed", "half-open"))
  .map(
    ([retries, windowMs, edge]): PolicySpec => ({
      kind: "giveUp",
      members: [
        {
          kind: "crashBudget",
          options: {
            retries,
            windowMs: windowMs + Number(edge === "half-open"),
            edge,
            retryDelayMs: 0,
            counts: "launches",
            onHealthy: "ignore",
          },
        },
      ],
    }),
  );
const composed = fc.tuple(type, delay, fc.oneof(forLife, window)).map(
  ([first, second, third]): PolicySpec => ({
    kind: "inTurn",
    members: [{ kind: "allOf", members: [first, second] }, third],
  }),
);

const status = fc.constantFrom<number | string>(0, 1, 3, 143, "SIGKILL", "SIGTERM", "SIGPIPE");
const statuses = fc.uniqueArray(status, { maxLength: 2 });
const preset = fc
  .record({
    restart: fc.constantFrom(
      "no",
      "always",
      "on-success",
      "on-failure",
      "on-abnormal",
      "on-abort",
      "on-watchdog",
    ),
    successExitStatus: statuses,
    restartPreventExitStatus: statuses,
    restartForceExitStatus: statuses,
    restartMs: fc.oneof(ms, fc.constantFrom(0.5, null)),
    restartSteps: fc.nat(3),
    restartMaxDelayMs: fc.oneof(ms, fc.constant(null)),
    startLimitIntervalMs: fc.oneof(ms, fc.constant(null)),
    startLimitBurst: fc.nat(4),
  })
  .map((options): PolicySpec => ({ preset: "systemd", options }));

const policies = fc.oneof(composed, preset, type, delay, forLife);

function compiled(policy: PolicySpec): ReturnType<typeof presetFrom> {
  const { text, report } = toSystemd({ id: "web", command: "/usr/bin/env", policy });
  expect(report).toEqual([]);
  const read = fromUnit(text, { name: "web.service" });
  expect(read.report).toEqual([]);
  return presetFrom(read.services[0]?.policy);
}

it("agrees with the policy on random lives", () => {
  const worlds = policies.chain((policy) =>
    fc.tuple(fc.constant(policy), lives(policyFrom(policy).describe.timesMs)),
  );
  law(worlds, ([spec, life], reached) => {
    const own = typeof spec === "object" && "preset" in spec ? presetFrom(spec) : null;
    const onNotYet = own?.onNotYet ?? "wait";
    const there = compiled(spec);
    const expected = fate(policyFrom(spec), life, onNotYet);
    expect(fate(there.policy, life, there.onNotYet)).toEqual(expected);
    for (const { event } of life) {
      if (event.type === "exited" && own)
        expect(there.isFailure(event.exit)).toBe(own.isFailure(event.exit));
    }
    if (expected.some((one) => one === "end" || Number(one) > 0)) reached();
  });
});

it("refuses what it would change, and writes the nearest if asked", () => {
  const changed: readonly (readonly [PolicySpec, string])[] = [
    ["10/10m", "policy: slidingWindow"],
    ["200ms..30s", "policy: backoff.factor"],
    ["200ms..200ms", "policy: backoff.jitter"],
    [{ kind: "crashBudget" }, "policy: crashBudget.counts"],
    [{ kind: "decayingBudget" }, "policy: decayingBudget"],
    [{ kind: "allOf", members: ["always", "never"] }, "policy: restartOn"],
    [{ preset: "docker" }, "policy: docker"],
  ];
  for (const [policy, part] of changed) {
    const service: Service = { id: "web", command: "/usr/bin/env", policy };
    let refused: unknown;
    try {
      toSystemd(service);
    } catch (error) {
      refused = error;
    }
    if (!isNotExpressibleError(refused)) throw new Error(`not refused: ${JSON.stringify(policy)}`);
    expect(refused.report.map((one) => one.part)).toContain(part);
    expect(toSystemd(service, { lossy: true }).report).toEqual(refused.report);
  }
});

it("reads back what is run, to the letter", () => {
  law(services, (service, reached) => {
    const unit = toSystemd(service);
    const { services: back, report } = fromUnit(unit.text, { name: unit.name });
    expect(report).toEqual([]);
    expect(back[0]).toMatchObject({
      ...service,
      policy: { preset: "systemd", options: { gracePeriodMs: 1_500 } },
    });
    if (service.args?.some((one) => /[$%"\\]/.test(one))) reached();
  });
});

it("judges failures as the source does by default", () => {
  expect(compiled("on-failure").isFailure({ kind: "failed", code: 1 })).toBe(
    isFailure({ kind: "failed" }),
  );
});

it("writes a half-open window as a closed one that is a millisecond shorter", () => {
  const lines = (windowMs: number, edge: string) => {
    const options = {
      retries: 2,
      windowMs,
      edge,
      retryDelayMs: 0,
      counts: "launches",
      onHealthy: "ignore",
    };
    const policy: PolicySpec = { kind: "giveUp", members: [{ kind: "crashBudget", options }] };
    return toSystemd({ id: "web", command: "/usr/bin/env", policy }).text.match(/^StartLimit.*$/gm);
  };
  expect(lines(10_001, "half-open")).toEqual(["StartLimitIntervalSec=10s", "StartLimitBurst=3"]);
  expect(lines(10_000, "closed")).toEqual(["StartLimitIntervalSec=10s", "StartLimitBurst=3"]);
});
