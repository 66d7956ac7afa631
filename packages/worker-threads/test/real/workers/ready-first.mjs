// Says that it is ready before it listens for a stop, in one turn; says why it stops, and ends by itself.

import { parentPort } from "node:worker_threads";
import { onStop, ready } from "@steadfast/worker-threads/worker";

parentPort.on("message", () => {});
ready();
onStop((reason) => {
  parentPort.postMessage(reason);
  parentPort.close();
});
