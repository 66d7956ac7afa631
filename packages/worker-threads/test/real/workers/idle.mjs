// Would hear of a stop, and has nothing else to do: that does not keep it alive.

import { getEventListeners } from "node:events";
import { parentPort } from "node:worker_threads";
import { onStop, ready, stopSignal } from "@steadfast/worker-threads/worker";

onStop(() => {});
for (let n = 0; n < 20; n += 1) onStop(() => {})();
ready();
parentPort.postMessage({ listeners: getEventListeners(stopSignal(), "abort").length });
