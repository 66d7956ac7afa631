// workerData: what to do, as a raw script of @steadfast/laws without durations. A thread that acts it out.

import { parentPort, workerData } from "node:worker_threads";
import { heartbeat, notReady, onStop, ready } from "@steadfast/worker-threads/worker";

const {
  says = [],
  runMs = null,
  end = { code: 0 },
  stopMs = 0,
  stopEnd = { code: 0 },
} = workerData;
const words = { ready, "not-ready": notReady, heartbeat };

function finish({ code, error }) {
  clearTimeout(staying);
  if (error) throw new Error(error);
  process.exitCode = code; // it ends when what it said is sent
}

const staying = setTimeout(() => process.exit(99), 120_000);
if (stopMs !== null) onStop(() => finish(stopEnd));
for (const { signal } of says) {
  if (signal.type === "message") parentPort.postMessage(signal.message);
  else words[signal.type]();
}
if (runMs !== null) finish(end);
