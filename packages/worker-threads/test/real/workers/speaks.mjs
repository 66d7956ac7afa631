// Says everything there is to say, in order, and ends.

import { parentPort } from "node:worker_threads";
import { heartbeat, notReady, ready } from "@steadfast/worker-threads/worker";

const answers = [notReady(), ready(), heartbeat()];
parentPort.postMessage("between");
ready();
parentPort.postMessage(answers);
process.exitCode = 4;
