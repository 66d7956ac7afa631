// The worker of threads.ts.

import { workerData } from "node:worker_threads";
import { onStop, ready } from "@steadfast/worker-threads/worker";

if ((workerData as { readonly attempt: number }).attempt < 3) throw new Error("out of luck");
const work = setInterval(() => {}, 1_000);
onStop(() => clearInterval(work));
ready();
