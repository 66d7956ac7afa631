// A module that cannot be loaded. Counts how often it was tried.

import { workerData } from "node:worker_threads";

// tinypool and piscina wrap what they are given
if (workerData instanceof Int32Array) Atomics.add(workerData, 0, 1);
throw new Error("no licence");
