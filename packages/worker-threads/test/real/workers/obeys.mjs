// Works until it is asked to stop, says why it was, and ends by itself.

import { parentPort } from "node:worker_threads";
import { onStop, ready, stopSignal } from "@steadfast/worker-threads/worker";

parentPort.on("message", (message) => parentPort.postMessage({ heard: message }));
onStop((reason) => {
  const { name, code } = stopSignal().reason;
  parentPort.postMessage({ reason, name, code, aborted: stopSignal().aborted });
  parentPort.close();
});
ready();
