// When each preset of the five source systems launches a child that crashes at once, in the first minute.
//   node examples/how-the-sources-restart.mjs

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
} from "@steadfast/presets";
import { supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";

const presets = {
  epicsSupervise: epicsSupervise({ maxRestarts: 4 }),
  epicsProcserv: epicsProcserv(),
  caGateway: caGateway({ nRestarts: 4 }),
  asynSupervise: asynSupervise({ maxRestarts: 4 }),
  processmanager: processmanager(),
  processkit07: processkit07({ maxRestarts: 4, jitter: false }),
  processkit3: processkit3({ stormPauseMs: 15_000, jitter: false }),
  tokioSlotState: tokioSlotState({ limit: 4 }),
  tokioSlotLoop: tokioSlotLoop({ limit: 4 }),
  runningProcessRecovery: runningProcessRecovery(),
  runningProcessSpawn: runningProcessSpawn(),
  runpm: runpm({ maxRestarts: 4 }),
};

const crash = { runMs: 0, exit: { kind: "failed", code: 1 } };

for (const [name, preset] of Object.entries(presets)) {
  const system = manualSystem();
  const launcher = scriptedLauncher(system, () => crash);
  const handle = supervise(launcher, { ...preset }, system);
  await system.advance(60_000);
  const over = handle.status().outcome !== null;
  const { reason } = await handle.stop();
  const seconds = launcher.launchedAt.map((at) => at / 1_000).join(", ");
  console.log(`${name}: ${seconds} s; ${over ? `over (${reason})` : "goes on"}`);
}
