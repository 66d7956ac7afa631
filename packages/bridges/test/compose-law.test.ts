// The law of the compiler: what is read back from the file and the policy agree on random lives.

import { type PolicySpec, policyFrom, presetFrom } from "@steadfast/spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { fromCompose, toDockerCompose } from "../src/compose.js";
import { isNotExpressibleError, type Service } from "../src/index.js";
import { fate, lives } from "./lives.js";

const ms = fc.constantFrom(0, 1, 1_500, 5_000, 90_061);
const delay = ms.map(
  (delayMs): PolicySpec => ({
    kind: "backoff",
    options: { curve: { kind: "constant", options: { delayMs } }, jitter: "none" },
  }),
);
const type = fc.constantFrom<PolicySpec>("always", "on-failure", "never");
const limit = fc.oneof(
  fc
    .integer({ min: 1, max: 4 })
    .map((restarts): PolicySpec => ({ kind: "lifetimeCap", options: { restarts } })),
  fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom(1, 1_000, 60_000)).map(
    ([most, windowMs]): PolicySpec => ({
      kind: "giveUp",
      members: [{ kind: "slidingWindow", options: { limit: most, windowMs, counts: "restarts" } }],
    }),
  ),
);
const composed = fc
  .tuple(type, limit, delay)
  .map((members): PolicySpec => ({ kind: "allOf", members }));
const words = ["no", "always", "unless-stopped", "on-failure", "on-failure:0", "on-failure:2"];
const docker = fc
  .constantFrom(...words)
  .map((restart): PolicySpec => ({ preset: "docker", options: { restart } }));
const swarm = fc
  .record({
    condition: fc.constantFrom("none", "on-failure", "any"),
    delayMs: ms,
    maxAttempts: fc.nat(3),
    windowMs: ms,
  })
  .map((options): PolicySpec => ({ preset: "dockerSwarm", options }));
const policies = fc.oneof(
  composed,
  docker,
  swarm,
  type.filter((one) => one === "never"),
  delay,
);

function compiled(policy: PolicySpec) {
  const { file, report } = toDockerCompose([{ id: "web", command: "web", policy }], {
    images: { web: "web:1" },
  });
  expect(report).toEqual([]);
  const read = fromCompose(JSON.parse(JSON.stringify(file)));
  expect(read.report.map(({ part }) => part)).toEqual(["services.web.image"]);
  return presetFrom(read.services[0]?.policy);
}

it("agrees with the policy on random lives", () => {
  const worlds = policies.chain((policy) =>
    fc.tuple(fc.constant(policy), lives(policyFrom(policy).describe.timesMs)),
  );
  law(worlds, ([spec, life], reached) => {
    const own = typeof spec === "object" && "preset" in spec ? presetFrom(spec) : null;
    const there = compiled(spec);
    const expected = fate(policyFrom(spec), life, own?.onNotYet ?? "wait");
    expect(fate(there.policy, life, there.onNotYet)).toEqual(expected);
    if (expected.some((one) => one === "end" || Number(one) > 0)) reached();
  });
});

describe("what Compose cannot express", () => {
  const base = { id: "web", command: "web", policy: { preset: "docker" } } as const;

  it.each<readonly [string, Partial<Service>]>([
    ["policy: slidingWindow.counts", { policy: { kind: "giveUp", members: ["10/10m"] } }],
    ["policy: slidingWindow", { policy: "10/10m restarts" }],
    ["policy: backoff.jitter", { policy: "1s..1s" }],
    ["policy: backoff.factor", { policy: "1s..30s none" }],
    ["policy: systemd", { policy: { preset: "systemd" } }],
    ["policy: docker.fixed", { policy: { preset: "docker", options: { fixed: true } } }],
    ["stop.gracePeriodMs", { stop: { gracePeriodMs: null } }],
    ["channel", { channel: true }],
    ["readiness", { readiness: { via: "line", text: "up" } }],
    ["maxRunMs", { maxRunMs: 5 }],
    ["probe.check", { probe: { check: { tcp: 80 }, for: "readiness" } }],
  ])("%s is refused, with the id; lossy writes the nearest", (part, options) => {
    const images = { web: "web:1" };
    let refused: unknown;
    try {
      toDockerCompose([{ ...base, ...options }], { images });
    } catch (error) {
      refused = error;
    }
    expect(isNotExpressibleError(refused) && refused.report.map((one) => one.part)).toContain(
      `web: ${part}`,
    );
    const { file, report } = toDockerCompose([{ ...base, ...options }], { images, lossy: true });
    expect(report.length).toBeGreaterThan(0);
    expect(file.services.web?.image).toBe("web:1");
  });

  it("an image that is not given", () => {
    expect(() => toDockerCompose([base], { images: {} })).toThrow(
      "Compose cannot express web: image: there is none in `images`",
    );
  });
});

it("reads back what is run", () => {
  const service: Service = {
    id: "web",
    command: "node",
    args: ["web.mjs", "$HOME", "a b"],
    cwd: "/srv",
    env: { A: "$$", B: "b" },
    envFiles: [".env"],
    policy: { preset: "docker", options: { restart: "always" } },
    stop: { signal: "SIGQUIT", gracePeriodMs: 90_500 },
    probe: {
      check: { command: "look $X", shell: true },
      for: "readiness",
      periodMs: 1_500,
      timeoutMs: 1_000,
      failures: 5,
    },
    readiness: { via: "probe" },
    after: [{ id: "db", until: "completed" }],
    replicas: 2,
  };
  const db: Service = { id: "db", command: "db", policy: { preset: "docker", options: {} } };
  const images = { web: "web:1", db: "db:1" };
  const { file } = toDockerCompose([service, db], { images });
  expect(file.services.web?.depends_on).toEqual({
    db: { condition: "service_completed_successfully" },
  });
  expect(fromCompose(file).services[0]).toEqual(service);
});
