// Processes, threads and tasks side by side, supervised to their ends in every way. The program then
// has to end by itself, with nothing of it left, and nothing on stderr. Prints what became of them.

import { getEventListeners } from "node:events";
import { backoff } from "@steadfast/backoff";
import { forkLauncher, spawnLauncher } from "@steadfast/child-process";
import { giveUp, inTurn, restartOn } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { slidingWindow } from "@steadfast/sliding-window";
import { supervise } from "@steadfast/supervisor";
import { workerLauncher } from "@steadfast/worker-threads";

const here = (name) => new URL(`../${name}`, import.meta.url);
const code = (source) => new URL(`data:text/javascript,${encodeURIComponent(source)}`);
const quiet = { stdout: "ignore", stderr: "ignore" };

function listeners() {
  const count = (emitter) =>
    Object.fromEntries(
      emitter.eventNames().map((name) => [String(name), emitter.listenerCount(name)]),
    );
  return { process: count(process), stdout: count(process.stdout), stderr: count(process.stderr) };
}

const held = () => process.getActiveResourcesInfo().filter((kind) => kind !== "CloseReq");

// The first look at the streams brings listeners of its own.
listeners();
const before = { listeners: listeners(), held: held() };

const crashLoop = inTurn(
  backoff({ initialMs: 1, capMs: 4 }),
  giveUp(slidingWindow({ limit: 3, windowMs: 3_600_000, counts: "restarts" })),
);
const crashing = {
  process: spawnLauncher("sh", ["-c", "echo sorry >&2; exit 3"], quiet),
  "no process": spawnLauncher("no-such-command"),
  thread: workerLauncher(code("throw new Error('boom')")),
  "no thread": workerLauncher(here("workers/nowhere.mjs")),
  task: taskLauncher(() => {
    throw new Error("boom");
  }),
};
const running = {
  process: forkLauncher(here("children/role.mjs"), ["ready"]),
  "deaf process": forkLauncher(here("children/role.mjs"), ["waits"], {
    stopSignal: "SIGURG",
  }),
  thread: workerLauncher(here("workers/role.mjs")),
  "deaf thread": workerLauncher(code("setInterval(() => {}, 2 ** 30)")),
  task: taskLauncher(
    ({ signal }) =>
      new Promise((_, no) => signal.addEventListener("abort", () => no(signal.reason))),
  ),
  "deaf task": taskLauncher(() => new Promise(() => {})),
  "waiting task": taskLauncher(({ attempt }) => {
    if (attempt === 1) throw new Error("boom");
  }),
};

const controller = new AbortController();
const { signal } = controller;
const became = {};
const note = async (name, handle) => {
  const { type, attempts, lastExit } = await handle.outcome;
  became[name] = `${type} ${attempts} ${lastExit?.kind}`;
};

const crashes = Object.entries(crashing).map(([name, launcher]) =>
  note(`crashing ${name}`, supervise(launcher, { policy: crashLoop, signal })),
);
const runs = Object.entries(running).map(([name, launcher]) => {
  const policy = name.startsWith("waiting")
    ? backoff({ initialMs: 3_600_000, capMs: 3_600_000 })
    : restartOn("permanent");
  const gracePeriodMs = name.startsWith("deaf") ? 1 : 3_600_000;
  return note(name, supervise(launcher, { policy, signal, gracePeriodMs }));
});
await Promise.all(crashes);
const during = getEventListeners(signal, "abort").length;
controller.abort();
await Promise.all(runs);

// The handle of the last process is closed in the turn in which it was seen to end.
await new Promise(setImmediate);
const after = { listeners: listeners(), held: held() };
const onSignal = [during, getEventListeners(signal, "abort").length];
process.stdout.write(`${JSON.stringify({ became, before, after, onSignal })}\n`);
