// The worker of thread-suite.ts: plays the role that it is given.

import { workerData } from "node:worker_threads";
import { onStop, ready } from "@steadfast/worker-threads/worker";

const role: unknown = workerData;
if (role === "fails") throw new Error("told to fail");
if (role !== "completes") {
  const work = setInterval(() => {}, 1_000);
  if (role !== "ignores") onStop(() => clearInterval(work));
}
if (role === "ready") ready();
