// Ends workers in every way, counts their exits, and is then over by itself: nothing is left that keeps
// it alive, and no error escapes (run with --unhandled-rejections=strict).

import { Worker } from "node:worker_threads";
import { workerLauncher } from "@steadfast/worker-threads";

const info = { id: "worker", attempt: 1, generation: 0, cause: "start" };
const code = (source) => new URL(`data:text/javascript,${encodeURIComponent(source)}`);
const beside = (name) => new URL(`../workers/${name}`, import.meta.url);
const BUSY = "setInterval(() => {}, 2 ** 30);";

const exits = {};
async function note(name, child, deed) {
  const kinds = [];
  const said = new Promise((resolve) => child.onSignal(resolve));
  void child.exited.then(({ kind }) => kinds.push(kind));
  if (deed) {
    await said;
    deed(child);
  }
  await child.exited;
  child.requestStop("stop");
  child.kill();
  child.send("late");
  child.abandon();
  await new Promise((resolve) => setImmediate(resolve));
  exits[name] = kinds.join();
}
const launch = (entry, options) => workerLauncher(entry, options).launch(info);
const SAYS = `
  import { parentPort } from "node:worker_threads";
  parentPort.on("message", () => {});
  parentPort.postMessage({ steadfast: "ready" });
`;

await note("code 0", launch(code("process.exit(0)")));
await note("code 1", launch(code("process.exit(1)")));
await note("throw", launch(code("throw new Error('boom')")));
await note("throw undefined", launch(code("throw undefined")));
await note("later throw", launch(code(`${BUSY} setImmediate(() => { throw new Error('boom') })`)));
await note("rejection", launch(code("Promise.reject(new Error('boom'))")));
await note(
  "out of memory",
  launch(beside("out-of-memory.cjs"), {
    resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 },
  }),
);
await note("no module", launch(beside("nope.mjs")));
await note(
  "closed port",
  launch(code("import { parentPort } from 'node:worker_threads'; parentPort.close()")),
);
await note("stop", launch(beside("obeys.mjs")), (child) => child.requestStop("stop"));
await note("kill", launch(code(SAYS)), (child) => {
  for (let n = 0; n < 20; n += 1) child.kill();
});
await note("stop, then kill", launch(code(SAYS)), (child) => {
  child.requestStop("stop");
  child.kill();
});
await note(
  "terminate by another",
  (() => {
    const worker = new Worker(code(BUSY));
    worker.on("online", () => void worker.terminate());
    return launch(() => worker);
  })(),
);
const early = launch(code(BUSY));
early.kill();
await note("kill at once", early);

const left = process.getActiveResourcesInfo().filter((kind) => /worker|messageport/i.test(kind));
console.log(JSON.stringify({ exits, left }));
