// Worker threads: one that fails twice, gets ready, and is stopped when asked.

import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { workerLauncher } from "@steadfast/worker-threads";
import { same } from "./same.js";

export async function main(): Promise<void> {
  const entry = new URL("worker.mjs", `file://${process.cwd()}/`);
  const launcher = workerLauncher(entry, ({ attempt }) => ({ workerData: { attempt } }));
  const exits: unknown[] = [];
  const handle = supervise(launcher, {
    policy: restartOn("permanent"),
    readiness: "explicit",
    onEvent: (event) => {
      if (event.type === "exited") exits.push(event.exit.kind);
      if (event.type === "ready") void handle.stop();
    },
  });
  const outcome = await handle.outcome;
  same([outcome.type, outcome.attempts], ["stopped", 3]);
  same(exits, ["failed", "failed", "completed"]);
}
