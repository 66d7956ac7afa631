// The worker of keep-running.mjs.

import { workerData } from "node:worker_threads";
import { onStop, ready } from "@steadfast/worker-threads/worker";

if (workerData.attempt < 3) throw new Error("out of luck");
const work = setInterval(() => {}, 1_000);
onStop(() => clearInterval(work));
ready();
