// The test kit: an hour of restarts in no time.

import { restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";
import { same } from "./same.js";

export async function main(): Promise<void> {
  const system = manualSystem();
  const launcher = scriptedLauncher(system, () => ({ runMs: 600_000, exit: { kind: "failed" } }));
  const handle = supervise(launcher, { policy: restartOn("transient") }, system);
  await system.advance(3_600_000);
  same([launcher.launchedAt.length, launcher.alive], [7, 1]);
  await handle.stop();

  const burst = scriptedLauncher(system, () => ({ runMs: 1, exit: { kind: "failed" } }));
  const policy = slidingWindow({ limit: 2, windowMs: 1_000 });
  const refused = supervise(burst, { policy, onNotYet: "end" }, system);
  await system.advance(10);
  same((await refused.outcome).type, "refused");
}
