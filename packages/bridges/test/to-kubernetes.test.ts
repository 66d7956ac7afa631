// A manifest says which exits are restarted, and nothing else: the law is that the preset of what it says decides as
// the policy does.

import { type PolicySpec, policyFrom, presetFrom } from "@steadfast/spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { isNotExpressibleError, type Service } from "../src/index.js";
import { toKubernetes } from "../src/kubernetes.js";
import { fate, lives } from "./lives.js";

const type = fc.constantFrom("Always", "OnFailure", "Never");
const rule = fc.record({
  action: fc.constant("Restart"),
  exitCodes: fc.record({
    operator: fc.constantFrom("In", "NotIn"),
    values: fc.uniqueArray(fc.constantFrom(0, 1, 3, 137, 143), { maxLength: 3 }),
  }),
});
const presets = fc
  .oneof(
    fc.record({ restartPolicy: type }),
    fc.record({
      restartPolicy: type,
      containerRestartPolicy: type,
      restartPolicyRules: fc.array(rule, { maxLength: 2 }),
    }),
  )
  .map((options): PolicySpec => ({ preset: "kubernetes", options }));
const policies = fc.oneof({ weight: 9, arbitrary: presets }, fc.constant<PolicySpec>("never"));

interface Pod {
  readonly restartPolicy: string;
  readonly containers: readonly {
    readonly restartPolicy?: string;
    readonly restartPolicyRules?: [];
  }[];
}

/** What the kubelet would read of it. */
function readBack(policy: PolicySpec) {
  const { manifest, report } = toKubernetes(
    { id: "web", command: "web", policy },
    { image: "web:1" },
  );
  expect(report).toEqual([]);
  const { spec, kind } = JSON.parse(JSON.stringify(manifest));
  const { restartPolicy, containers } = (kind === "Pod" ? spec : spec.template.spec) as Pod;
  if (kind === "Deployment") expect(restartPolicy).toBe("Always");
  const [own] = containers;
  return presetFrom({
    preset: "kubernetes",
    options: {
      restartPolicy,
      containerRestartPolicy: own?.restartPolicy ?? null,
      restartPolicyRules: own?.restartPolicyRules ?? [],
    },
  });
}

it("agrees with the policy on random lives", () => {
  const worlds = policies.chain((policy) =>
    fc.tuple(fc.constant(policy), lives(policyFrom(policy).describe.timesMs)),
  );
  law(worlds, ([spec, life], reached) => {
    const expected = fate(policyFrom(spec), life, "wait");
    const there = readBack(spec);
    expect(fate(there.policy, life, there.onNotYet)).toEqual(expected);
    if (expected.some((one) => one === "end" || Number(one) > 0)) reached();
  });
});

const base: Service = { id: "web", command: "web", policy: { preset: "kubernetes" } };

describe("what a manifest cannot say", () => {
  it.each<readonly [string, Partial<Service>]>([
    ["policy: kubernetes.maxMs", { policy: { preset: "kubernetes", options: { maxMs: "2s" } } }],
    ["policy: slidingWindow", { policy: "10/10m" }],
    ["policy", { policy: "on-failure" }],
    ["after", { after: [{ id: "db", until: "ready" }] }],
    ["stop.signal", { stop: { signal: "SIGQUIT" } }],
    ["stop.gracePeriodMs", { stop: { gracePeriodMs: 1_500 } }],
    ["stop.gracePeriodMs", { stop: { gracePeriodMs: null } }],
    ["id", { id: "Web_1" }],
    ["envFiles", { envFiles: [".env"] }],
    ["replicas", { policy: "never", replicas: 2 }],
  ])("%s is refused, and lossy writes the nearest", (part, options) => {
    const service = { ...base, ...options };
    let refused: unknown;
    try {
      toKubernetes(service, { image: "web:1" });
    } catch (error) {
      refused = error;
    }
    expect(isNotExpressibleError(refused) && refused.report.map((one) => one.part)).toContain(part);
    expect(toKubernetes(service, { image: "web:1", lossy: true }).report).toHaveLength(
      isNotExpressibleError(refused) ? refused.report.length : -1,
    );
  });
});

it("writes what is run, looked at and stopped", () => {
  const service: Service = {
    ...base,
    args: ["$(HOME)"],
    cwd: "/srv",
    env: { A: "$(B)" },
    probe: { check: { http: "http://127.0.0.1:8080/up?x=1" }, periodMs: 5_000, timeoutMs: 2_000 },
    stop: { gracePeriodMs: 7_000 },
    replicas: 3,
  };
  const how = {
    httpGet: { path: "/up?x=1", port: 8080, scheme: "HTTP" },
    periodSeconds: 5,
    timeoutSeconds: 2,
  };
  const container = {
    name: "web",
    image: "web:1",
    command: ["web", "$$(HOME)"],
    workingDir: "/srv",
    env: [{ name: "A", value: "$$(B)" }],
    startupProbe: { ...how, failureThreshold: 2 ** 31 - 1 },
    livenessProbe: { ...how, failureThreshold: 3 },
  };
  const labels = { app: "web" };
  expect(toKubernetes(service, { image: "web:1" }).manifest).toEqual({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", labels },
    spec: {
      replicas: 3,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: "Always",
          terminationGracePeriodSeconds: 7,
          containers: [container],
        },
      },
    },
  });
});
