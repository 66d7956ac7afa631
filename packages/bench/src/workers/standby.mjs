// A thread that answers a message, or ends as the message says. As a standby it waits here.

import { parentPort } from "node:worker_threads";
import { whenActive } from "@steadfast/worker-threads/worker";

await whenActive();
parentPort.on("message", (message) => {
  if (message === "crash") throw new Error("boom");
  parentPort.postMessage(message);
});
