// Has a thread that cannot be ended: it writes more to a pipe than the pipe holds, and nobody reads.
// Argument: the path of a named pipe. Prints what can be seen of it, and never ends: kill it.

import { openSync, readSync, writeSync } from "node:fs";
import { workerLauncher } from "@steadfast/worker-threads";

const [, , pipe] = process.argv;
const say = (fact) => writeSync(1, `${JSON.stringify(fact)}\n`);
const info = { id: "worker", attempt: 1, generation: 0, cause: "start" };
const code = (source) => new URL(`data:text/javascript,${encodeURIComponent(source)}`);

process.on("exit", () => say({ loop: "over" }));

const stuck = workerLauncher(
  code(`
    import { openSync, writeSync } from "node:fs";
    import { workerData } from "node:worker_threads";
    writeSync(openSync(workerData, "w"), Buffer.alloc(2 ** 24));
  `),
  { workerData: pipe },
).launch(info);
stuck.onSignal(() => {});
let settled = false;
void stuck.exited.then(() => {
  settled = true;
});

// Both wait for the worker. A byte that is there says that it is inside of its one long write.
readSync(openSync(pipe, "r"), Buffer.alloc(1));

stuck.requestStop("stop");
stuck.kill();
stuck.kill();

// Other workers come, are killed and go in the meantime.
for (let n = 0; n < 3; n += 1) {
  const other = workerLauncher(
    code(`
      import { parentPort } from "node:worker_threads";
      parentPort.on("message", () => {});
      parentPort.postMessage("here");
    `),
  ).launch(info);
  await new Promise((resolve) => other.onSignal(resolve));
  other.kill();
  say({ other: (await other.exited).kind, stuck: settled ? "settled" : "pending" });
}

stuck.abandon();
stuck.abandon();
say({ abandoned: true });
