// One service as four systems describe it, and a service of ours as three systems run it. All of it is data: nothing is read or started.
//   node from-and-to.mjs
//
// It prints:
//   {"preset":"systemd","options":{"restart":"on-failure","restartMs":5000}}
//   {"preset":"supervisord","options":{"startRetries":5,"autorestart":"unexpected"}}
//   {"preset":"pm2","options":{"maxRestarts":5}}
//   {"preset":"processCompose","options":{"restart":"on_failure","maxRestarts":5}}
//   Restart=always RestartSec=2s
//   on-failure:3
//   Deployment
//   Kubernetes cannot express policy: systemd: delays are the node's, and there is no limit; policy: a restart waits as the node says: use the preset kubernetes

import { isNotExpressibleError } from "@steadfast/bridges";
import { toDockerCompose } from "@steadfast/bridges/compose";
import { toKubernetes } from "@steadfast/bridges/kubernetes";
import { fromEcosystem } from "@steadfast/bridges/pm2";
import { fromProcessCompose } from "@steadfast/bridges/process-compose";
import { fromSupervisord } from "@steadfast/bridges/supervisord";
import { fromUnit, toSystemd } from "@steadfast/bridges/systemd";

const unit = "[Service]\nExecStart=/usr/bin/env node web.mjs\nRestart=on-failure\nRestartSec=5s\n";
const ini = "[program:web]\ncommand=node web.mjs\nstartretries=5\nautorestart=unexpected\n";
const ecosystem = { apps: [{ name: "web", script: "web.mjs", max_restarts: 5 }] };
const availability = { restart: "on_failure", max_restarts: 5 };
const processes = { web: { command: "node web.mjs", availability } };

for (const { services } of [
  fromUnit(unit, { name: "web.service" }),
  fromSupervisord(ini),
  fromEcosystem(ecosystem),
  fromProcessCompose({ processes }),
]) {
  console.log(JSON.stringify(services[0].policy));
}

const web = { id: "web", command: "/usr/bin/env", args: ["node", "web.mjs"] };
const policy = { preset: "systemd", options: { restart: "always", restartMs: 2_000 } };
console.log(
  toSystemd({ ...web, policy })
    .text.match(/^Restart.*$/gm)
    .join(" "),
);
const docker = { ...web, policy: { preset: "docker", options: { restart: "on-failure:3" } } };
console.log(toDockerCompose([docker], { images: { web: "node:24" } }).file.services.web.restart);
const pod = toKubernetes({ ...web, policy: { preset: "kubernetes" } }, { image: "node:24" });
console.log(pod.manifest.kind);
try {
  toKubernetes({ ...web, policy }, { image: "node:24" });
} catch (error) {
  if (!isNotExpressibleError(error)) throw error;
  console.log(error.message);
}
