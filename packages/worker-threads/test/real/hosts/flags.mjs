// A host with flags that a worker may not be given: its workers get the others, and the preload.

import { workerLauncher } from "@steadfast/worker-threads";

const info = { id: "worker", attempt: 1, generation: 0, cause: "start" };
const code = (source) => new URL(`data:text/javascript,${encodeURIComponent(source)}`);
const launch = (source, options) => workerLauncher(code(source), options).launch(info);

const DEEP = `
  let list = null;
  for (let n = 0; n < 5_000; n += 1) list = { next: list };
  throw Object.assign(new Error("bad list"), { list });
`;
const exits = [];
for (const options of [{}, { execArgv: [] }]) {
  const { kind, error } = await launch(DEEP, options).exited;
  exits.push(`${kind}: ${error.message}`);
}

const said = (child) => new Promise((resolve) => child.onSignal(({ message }) => resolve(message)));
const execArgv = await said(
  launch(`
    import { parentPort } from "node:worker_threads";
    parentPort.postMessage(process.execArgv);
  `),
);

// A worker of a worker is Node's own: no word of ours reaches its parent, and its error is as it was.
const nested = await said(
  launch(`
    import { parentPort, Worker } from "node:worker_threads";
    const heard = [];
    const worker = new Worker(
      "require('worker_threads').parentPort.postMessage(process.execArgv);" +
        "throw Object.assign(new Error('nested'), { at: new Map([['fields', 'kept']]) })",
      { eval: true, execArgv: [] },
    );
    worker.on("message", (message) => heard.push(message));
    worker.on("error", ({ message, at }) => {
      parentPort.postMessage({ error: message, fields: at.get("fields"), execArgv: heard.flat() });
    });
  `),
);
console.log(JSON.stringify({ exits, execArgv: execArgv.slice(2), nested }));
