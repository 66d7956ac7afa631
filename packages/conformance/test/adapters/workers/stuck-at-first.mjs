// The first attempt writes more to a pipe than it holds, and nobody reads; the second one works.

import { openSync, writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { onStop } from "@steadfast/worker-threads/worker";

const { attempt, pipe } = workerData;
if (attempt === 1) writeSync(openSync(pipe, "w"), Buffer.alloc(2 ** 24));
parentPort.on("message", () => {});
onStop(() => parentPort.close());
parentPort.postMessage("the second is at work");
