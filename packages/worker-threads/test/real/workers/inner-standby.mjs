// A worker of a standby, which is none itself.

import { parentPort } from "node:worker_threads";
import { whenActive } from "@steadfast/worker-threads/worker";

await whenActive();
parentPort.postMessage("active");
