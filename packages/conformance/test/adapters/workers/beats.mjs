// Beats for as long as it lives, and says the number of each beat.

import { parentPort } from "node:worker_threads";
import { heartbeat, onStop } from "@steadfast/worker-threads/worker";

let beats = 0;
const beating = setInterval(() => {
  heartbeat();
  beats += 1;
  parentPort.postMessage(beats);
}, 5);
onStop(() => clearInterval(beating));
