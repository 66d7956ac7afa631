// Counts itself as loaded, waits until it is to begin, and does then what it is asked for.

import { threadId, workerData } from "node:worker_threads";
import { onRequest, onStop, ready, whenActive } from "@steadfast/worker-threads/worker";

const { loaded, mode } = workerData;
const number = Atomics.add(loaded, 0, 1) + 1;
// The preload knows which one is a standby; attempts are not to know.
const isStandby = globalThis[Symbol.for("@steadfast/worker-threads/standby")];
const isFirst = isStandby && Atomics.add(loaded, 1, 1) === 0;
if (mode === "first works too early" && isFirst) ready();
if (mode === "first throws" && isFirst) throw new Error("no standby");
onStop(() => {});
onRequest((what) => {
  if (what === "die") process.exit(3);
  return { number, threadId };
});
await whenActive();
await whenActive();
ready();
