// Begins to listen for a stop when it is told to; then stops twice over, and a removed listener does not.

import { parentPort } from "node:worker_threads";
import { onStop, ready } from "@steadfast/worker-threads/worker";

parentPort.once("message", () => {
  const remove = onStop(() => parentPort.postMessage("removed, and yet told"));
  remove();
  onStop((first) => {
    onStop((second) => parentPort.postMessage([first, second]));
    onStop(() => parentPort.postMessage("removed, and yet told"))();
  });
  parentPort.postMessage("listening");
  parentPort.once("message", () => {});
});
ready();
