// Says that it is ready, echoes messages, and ends when it is asked to stop.

import { parentPort } from "node:worker_threads";
import { onStop, ready } from "@steadfast/worker-threads/worker";

parentPort.on("message", (message) => parentPort.postMessage(message));
onStop(() => parentPort.close());
ready();
