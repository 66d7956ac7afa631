// The test kit: an hour of restarts in no time, and what is said of them.

import { restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { supervise } from "@steadfast/supervisor";
import { logEvents } from "@steadfast/supervisor/console";
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
  const lines: string[] = [];
  const onEvent = logEvents({ write: (line) => lines.push(line), format: "text", time: "none" });
  const refused = supervise(burst, { policy, onNotYet: "end", onEvent }, system);
  await system.advance(10);
  same((await refused.outcome).type, "refused");
  same(lines.slice(-2), [
    "child  not restarted yet: the limit of its window is reached (window-full), possible in 998 ms",
    "child  given up after 2 attempts",
  ]);
  logEvents(); // what it finds in this runtime does not throw
}
