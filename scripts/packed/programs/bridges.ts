// Configurations of other systems, read and written, and what happens as lines: nothing of any host is needed.

import { isNotExpressibleError, joined, type Service } from "@steadfast/bridges";
import { fromCompose, toDockerCompose } from "@steadfast/bridges/compose";
import { toKubernetes } from "@steadfast/bridges/kubernetes";
import { openTelemetryEvents } from "@steadfast/bridges/opentelemetry";
import { pinoEvents } from "@steadfast/bridges/pino";
import { fromEcosystem } from "@steadfast/bridges/pm2";
import { fromProcessCompose } from "@steadfast/bridges/process-compose";
import { fromProcfile } from "@steadfast/bridges/procfile";
import { prometheusEvents } from "@steadfast/bridges/prometheus";
import { fromSupervisord } from "@steadfast/bridges/supervisord";
import { fromUnit, toSystemd } from "@steadfast/bridges/systemd";
import { same } from "./same.js";

const web: Service = { id: "web", command: "/bin/web", args: ["a b"], policy: "never" };

function complaint(service: Service): string {
  try {
    return toSystemd(service).name;
  } catch (error) {
    return isNotExpressibleError(error) ? error.target : String(error);
  }
}

export async function main(): Promise<void> {
  const unit = toSystemd(web);
  same(fromUnit(unit.text, { name: unit.name }).services[0]?.args, ["a b"]);
  same(complaint({ ...web, policy: "10/10m" }), "systemd");
  const { file } = toDockerCompose([web], { images: { web: "web:1" } });
  same(fromCompose(file).services[0]?.command, "/bin/web");
  same(toKubernetes(web, { image: "web:1" }).manifest.kind, "Pod");
  const all = joined(
    fromProcfile("a: a"),
    fromSupervisord("[program:b]\ncommand=b"),
    fromEcosystem([{ script: "c.js" }]),
    fromProcessCompose({ processes: { d: { command: "d" } } }),
  );
  same(
    all.services.map(({ id }) => id),
    ["a", "b", "c", "d"],
  );
  const lines: string[] = [];
  const say = (_fields: object, message: string) => lines.push(message);
  const hear = pinoEvents({ debug: say, info: say, warn: say, error: say });
  hear({ type: "ready", id: "web", at: 0, attempt: 1, generation: 0 });
  same(lines, ["ready"]);
  const observed: number[] = [];
  class Metric {
    inc(_labels: object, by = 1): void {
      observed.push(by);
    }
    observe(_labels: object, seconds: number): void {
      observed.push(seconds);
    }
  }
  const count = prometheusEvents({ Counter: Metric, Gauge: Metric, Histogram: Metric });
  count({ type: "delayed", id: "web", at: 0, attempt: 1, generation: 0, until: 500, delayMs: 500 });
  same(observed, [0.5]);
  same(typeof openTelemetryEvents, "function");
}
