// A thread of a tree: ready when it runs; throws, exits or hangs when a message says so.

import { parentPort } from "node:worker_threads";
import { onStop, ready } from "@steadfast/worker-threads/worker";

parentPort.on("message", (message) => {
  if (message === "throw") throw new Error("the thread breaks");
  if (message === "exit") process.exit(3);
  if (message === "hang") for (;;);
});
onStop(() => parentPort.close());
ready();
