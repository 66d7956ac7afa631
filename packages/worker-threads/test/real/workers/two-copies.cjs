// Has both copies of the worker's side; both are told.

const { parentPort } = require("node:worker_threads");
const copy = require("@steadfast/worker-threads/worker");

parentPort.on("message", () => {});
void import("@steadfast/worker-threads/worker").then((other) => {
  const told = [];
  const tell = (name) => (reason) => {
    told.push(`${name} ${reason}`);
    if (told.length < 2) return;
    parentPort.postMessage([
      copy.stopSignal === other.stopSignal,
      ...told.sort((a, b) => a.localeCompare(b)),
    ]);
    parentPort.close();
  };
  copy.onStop(tell("cjs"));
  other.onStop(tell("esm"));
  other.ready();
});
