// The same task by hand.

import { parentPort } from "node:worker_threads";

parentPort.on("message", ({ id, message: { a, b } }) => {
  if (a < 0) process.exit(1);
  parentPort.postMessage({ id, value: a + b });
});
parentPort.postMessage({ id: 0 });
