// A worker that dies twice, is started again at once, gets ready, and is then stopped.
//   node examples/keep-running.mjs

import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { workerLauncher } from "@steadfast/worker-threads";

const launcher = workerLauncher(new URL("lucky.mjs", import.meta.url), ({ attempt }) => ({
  workerData: { attempt },
}));

const handle = supervise(launcher, {
  policy: restartOn("permanent"),
  readiness: "explicit",
  onEvent: (event) => {
    if (event.type === "exited" && event.failed) {
      console.log(`attempt ${event.attempt}: ${event.exit.kind}, ${event.exit.error.message}`);
    }
    if (event.type === "ready") {
      console.log(`attempt ${event.attempt}: ready`);
      void handle.stop();
    }
  },
});
const { type, attempts, lastExit } = await handle.outcome;
console.log(`${type} after ${attempts} attempts, last exit: ${lastExit.kind}`);
