// Supervises a worker whose first attempt hangs in a system call: it writes more to a pipe than that holds. Argument: the
// path of a named pipe. Prints what happens, and never ends, since Node waits for the thread: kill it.

import { openSync, readSync, writeSync } from "node:fs";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { workerLauncher } from "@steadfast/worker-threads";

const [, , pipe] = process.argv;
const say = (fact) => writeSync(1, `${JSON.stringify(fact)}\n`);
const code = (source) => new URL(`data:text/javascript,${encodeURIComponent(source)}`);

const entry = code(`
  import { openSync, writeSync } from "node:fs";
  import { parentPort, workerData } from "node:worker_threads";
  parentPort.postMessage({ steadfast: "ready" });
  if (workerData) writeSync(openSync(workerData, "w"), Buffer.alloc(2 ** 24));
  else parentPort.on("message", () => {});
`);
const launcher = workerLauncher(entry, ({ attempt }) => ({
  workerData: attempt === 1 ? pipe : null,
  heartbeatEveryMs: 20,
}));
const handle = supervise(launcher, {
  policy: restartOn("permanent"),
  readiness: "explicit",
  heartbeatTimeoutMs: 1_000,
  gracePeriodMs: 20,
  abandonAfterMs: 50,
});
handle.on(({ type, attempt, exit }) => {
  if (type === "exited") {
    if (attempt === 1) say({ exit: exit.kind, ended: exit.ended.kind });
    return;
  }
  const ends = ["stopping", "killing", "abandoned"];
  const told = attempt === 1 ? ["launched", "ready", ...ends] : ["launched", "ready"];
  if (told.includes(type)) say(`${attempt} ${type}`);
  if (attempt !== 2 || type !== "ready") return;
  const { abandoned, attempt: now } = handle.status();
  say({ abandoned, attempt: now });
  void handle
    .kill()
    .then((outcome) => say({ over: outcome.type, abandoned: handle.status().abandoned }));
});
// Waits for the worker: a byte that is there says that it is inside of its one long write.
setTimeout(() => readSync(openSync(pipe, "r"), Buffer.alloc(1)), 0);
