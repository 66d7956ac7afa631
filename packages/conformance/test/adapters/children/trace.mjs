// argv: what to do, as a raw script of @steadfast/laws without durations. A process that acts it out.

import { heartbeat, notReady, ready } from "@steadfast/child-process/child";

const script = JSON.parse(process.argv[2]);
const { says = [], runMs = null, end = { code: 0 }, stopMs = 0, stopEnd = { code: 0 } } = script;
const words = { ready, "not-ready": notReady, heartbeat };

function finish({ code, signal, error }) {
  clearTimeout(staying);
  process.off("SIGTERM", stop);
  if (error) throw new Error(error);
  if (signal) process.kill(process.pid, signal);
  else process.exitCode = code; // it ends when what it said is sent
}

function stop() {
  if (stopMs !== null) finish(stopEnd);
}

const staying = setTimeout(() => process.exit(99), 120_000);
process.on("SIGTERM", stop);
for (const { signal } of says) {
  if (signal.type === "message") process.send(signal.message);
  else words[signal.type]();
}
if (runMs !== null) finish(end);
