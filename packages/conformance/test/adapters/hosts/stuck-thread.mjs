// A thread that cannot be ended, a second one in its place, and then a stop. Argument: the path of a
// named pipe. Prints a line for everything that happens; never ends, since Node waits for the thread:
// kill it.

import { openSync, readSync, writeSync } from "node:fs";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { manualSystem } from "@steadfast/supervisor/testing";
import { workerLauncher } from "@steadfast/worker-threads";

const [, , pipe] = process.argv;
const say = (fact) => writeSync(1, `${JSON.stringify(fact)}\n`);
process.on("exit", () => say("the event loop is over"));

const launcher = workerLauncher(
  new URL("../workers/stuck-at-first.mjs", import.meta.url),
  ({ attempt }) => ({ workerData: { attempt, pipe } }),
);
let heard = () => {};
const atWork = new Promise((resolve) => {
  heard = resolve;
});
const system = manualSystem();
const handle = supervise(
  launcher,
  {
    policy: restartOn("permanent"),
    gracePeriodMs: 1_000,
    abandonAfterMs: 2_000,
    onMessage: heard,
    onEvent: ({ type, attempt }) => say(`${attempt} ${type}`),
  },
  system,
);

// Both wait for the thread. A byte that is there says that it is inside of its one long write.
readSync(openSync(pipe, "r"), Buffer.alloc(1));

handle.restart();
await system.advance(999);
say("the grace period is not over");
await system.advance(1);
await system.advance(1_999);
say("it is not given up yet");
await system.advance(1);
say(await atWork);
const { type, attempts, lastExit } = await handle.stop();
say([type, attempts, lastExit.kind, system.pendingTimers]);
