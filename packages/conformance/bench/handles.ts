// What a supervision weighs and costs that does nothing just now. Run by `pnpm bench` with --expose-gc, on
// the built packages; the driver alone, which no package gives out, is built here from its source.
//
// 20 000 of them share one policy, one object of options and one launcher. Bytes are what stays after a
// collection; CPU is that of the main thread. `a task` is a task of promise-tasks with what
// it keeps; `a bare child` is one object for all, so that only the supervision is weighed.

import { backoff, constant } from "@steadfast/backoff";
import { type RestartPolicy, restartOn } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { type Launcher, supervise } from "@steadfast/supervisor";
import { drivers } from "./driver-alone.ts";
import { cpuMicroseconds, median } from "./rounds.ts";

const MANY = 20_000;
const ROUNDS = 3;

/** What can be waited for, and stopped. */
interface One {
  readonly outcome: Promise<unknown>;
  stop(): unknown;
}

const ever = restartOn("permanent");
const later = backoff({ curve: constant({ delayMs: 3_600_000 }), jitter: "none" });

/** One child for all, gone at once. */
function gone(): Launcher {
  const exited = Promise.resolve({ kind: "completed" } as const);
  const child = { exited, onSignal() {}, requestStop() {}, kill() {} };
  return { launch: () => child };
}

/** One child for all: it is there until one of them is asked to stop. */
function staying(): Launcher {
  let requestStop = () => {};
  const exited = new Promise<{ readonly kind: "completed" }>((resolve) => {
    requestStop = () => resolve({ kind: "completed" });
  });
  const child = { exited, onSignal() {}, requestStop, kill() {} };
  return { launch: () => child };
}

const tasks = taskLauncher(() => new Promise(() => {}));
const failing = taskLauncher(() => Promise.reject(new Error("boom")));

async function heapBytes(): Promise<number> {
  for (let i = 0; i < 2; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

async function turns(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
}

interface Weighed {
  readonly bytes: number;
  readonly create: number;
  readonly stop: number;
}

/** One round: made, weighed, stopped. */
async function weigh(make: () => One): Promise<Weighed> {
  const all: One[] = new Array(MANY);
  const before = await heapBytes();
  const from = cpuMicroseconds();
  for (let i = 0; i < MANY; i++) all[i] = make();
  await turns();
  const create = (cpuMicroseconds() - from) / MANY;
  const bytes = ((await heapBytes()) - before) / MANY;
  const stopping = cpuMicroseconds();
  for (const one of all) one.stop();
  await Promise.all(all.map((one) => one.outcome));
  return { bytes, create, stop: (cpuMicroseconds() - stopping) / MANY };
}

function supervised(policy: RestartPolicy, launcher: Launcher): () => One {
  const options = { policy, gracePeriodMs: 0 }; // the task that runs does not end when it is asked
  return () => supervise(launcher, options);
}

console.log("20 000 of them                        bytes  create us  stop us");
for (const [name, kind] of [
  ["supervise, a task runs", () => supervised(ever, tasks)],
  ["supervise, a task waits", () => supervised(later, failing)],
  ["supervise, a bare child runs", () => supervised(ever, staying())],
  ["supervise, a bare child waits", () => supervised(later, gone())],
  ["driver alone, a bare child runs", () => drivers(ever, staying())],
  ["driver alone, a bare child waits", () => drivers(later, gone())],
] as const) {
  const rounds: Weighed[] = [];
  for (let i = 0; i < ROUNDS; i++) rounds.push(await weigh(kind()));
  const shown = (key: keyof Weighed) => median(rounds.map((one) => one[key]));
  console.log(
    name.padEnd(34),
    shown("bytes").toFixed(0).padStart(8),
    shown("create").toFixed(1).padStart(10),
    shown("stop").toFixed(1).padStart(8),
  );
}
