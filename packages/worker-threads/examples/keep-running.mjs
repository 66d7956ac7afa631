// A worker that dies twice, is started again at once, gets ready, and is then stopped.
//   node examples/keep-running.mjs

import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { logEvents } from "@steadfast/supervisor/console";
import { exitCode } from "@steadfast/supervisor/node";
import { workerLauncher } from "@steadfast/worker-threads";

const launcher = workerLauncher(new URL("lucky.mjs", import.meta.url), ({ attempt }) => ({
  workerData: { attempt },
}));

const handle = supervise(launcher, {
  policy: restartOn("permanent"),
  readiness: "explicit",
  onEvent: logEvents(), // on standard error
});
handle.on(({ type }) => {
  if (type === "ready") void handle.stop();
});
const outcome = await handle.outcome;
const { type, attempts, lastExit } = outcome;
console.log(`${type} after ${attempts} attempts, last exit: ${lastExit.kind}`);
process.exitCode = exitCode(outcome);
