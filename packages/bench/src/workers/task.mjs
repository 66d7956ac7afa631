// Answers a task, or ends as a message says: by an error, by an exit, or not at all.

import { parentPort } from "node:worker_threads";

parentPort.on("message", (message) => {
  if (message === "crash") throw new Error("boom");
  if (message === "exit") process.exit(1);
  if (message === "hang") for (;;);
  parentPort.postMessage(message);
});
