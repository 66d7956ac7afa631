// The same broken child under the systems people know: it dies 50 ms after each launch, for an hour.
//   node examples/one-crash-loop-everywhere.mjs

import {
  circus,
  docker,
  dockerSwarm,
  kubernetes,
  nomad,
  otpIntensity,
  pekko,
  pm2,
  processCompose,
  supervisord,
  suture,
  systemd,
  vscodeLanguageClient,
} from "@steadfast/presets";
import { supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";

const presets = {
  OTP: otpIntensity(),
  systemd: systemd({ restart: "always" }),
  Kubernetes: kubernetes(),
  Docker: docker({ restart: "always" }),
  "Docker Swarm": dockerSwarm(),
  Nomad: nomad({ delayMs: 0, mode: "delay" }),
  "process-compose": processCompose({ restart: "always" }),
  circus: circus(),
  "VS Code's language client": vscodeLanguageClient(),
  supervisord: supervisord(),
  suture: suture({ backoffJitter: "none" }),
  Pekko: pekko({ randomFactor: 0 }),
  pm2: pm2(),
  "pm2 with a backoff": pm2({ expBackoffRestartDelayMs: 100 }),
  "the same, fixed": pm2({ expBackoffRestartDelayMs: 100, fixed: true }),
};

for (const [name, preset] of Object.entries(presets)) {
  const system = manualSystem();
  const attempts = () => ({ runMs: 50, exit: { kind: "failed", code: 1 } });
  const launcher = scriptedLauncher(system, attempts);
  const handle = supervise(launcher, { ...preset }, system);
  await system.advance(3_600_000);
  const over = handle.status().outcome !== null;
  const { reason } = await handle.stop();
  const launches = launcher.launchedAt.length;
  const last = (launcher.launchedAt.at(-1) ?? 0) / 1_000;
  console.log(
    `${name}: ${launches} launches, ${over ? `the last at ${last} s: ${reason}` : "no end"}`,
  );
}
