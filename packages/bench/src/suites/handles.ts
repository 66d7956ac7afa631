// What a supervision weighs and costs that does nothing just now. 20 000 of them share one policy, one object of
// options and one launcher. Bytes are what stays after a collection; CPU is that of the main thread. `a task` is a
// task of promise-tasks with what it keeps; `a bare child` is one object for all, so that only the supervision
// is weighed. The driver alone, which no package gives out, is built from its source.

import { backoff, constant } from "@steadfast/backoff";
import { type RestartPolicy, restartOn } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { type Launcher, supervise } from "@steadfast/supervisor";
import { drivers } from "../driver-alone.ts";
import { cpuMicroseconds, heldBytes, turn } from "../measure.ts";
import type { Figures, Suite } from "../suite.ts";

const MANY = 20_000;

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

/** Made, weighed, stopped; once before to warm up. */
async function weigh(make: () => One): Promise<Figures> {
  await round(make);
  return round(make);
}

async function round(make: () => One): Promise<Figures> {
  const all: One[] = new Array(MANY);
  const before = await heldBytes();
  const from = cpuMicroseconds();
  for (let i = 0; i < MANY; i++) all[i] = make();
  for (let i = 0; i < 10; i++) await turn();
  const create = (cpuMicroseconds() - from) / MANY;
  const bytes = ((await heldBytes()) - before) / MANY;
  const stopping = cpuMicroseconds();
  for (const one of all) one.stop();
  await Promise.all(all.map((one) => one.outcome));
  return { bytes, create, stop: (cpuMicroseconds() - stopping) / MANY };
}

function supervised(policy: RestartPolicy, launcher: Launcher): () => One {
  const options = { policy, gracePeriodMs: 0 }; // the task that runs does not end when it is asked
  return () => supervise(launcher, options);
}

const figures = {
  bytes: { unit: "B kept", digits: 0 },
  create: { unit: "us CPU to create", digits: 1 },
  stop: { unit: "us CPU to stop", digits: 1 },
};

export const suite: Suite = {
  name: "handles",
  flags: ["--expose-gc"],
  tables: [
    {
      name: "handles",
      title: "20 000 supervisions with one policy and one object of options: each",
      figures,
      candidates: {
        "supervise, a task runs": () => weigh(supervised(ever, tasks)),
        "supervise, a task waits": () => weigh(supervised(later, failing)),
        "supervise, a bare child runs": () => weigh(supervised(ever, staying())),
        "supervise, a bare child waits": () => weigh(supervised(later, gone())),
        "driver alone, a bare child runs": () => weigh(drivers(ever, staying())),
        "driver alone, a bare child waits": () => weigh(drivers(later, gone())),
      },
      reaches: [
        { candidate: "supervise, a bare child runs", figure: "bytes", atMost: 2_500 },
        { candidate: "supervise, a bare child waits", figure: "bytes", atMost: 1_800 },
        { candidate: "supervise, a task runs", figure: "create", atMost: 12 },
        { candidate: "supervise, a task runs", figure: "stop", atMost: 4 },
        { candidate: "supervise, a task waits", figure: "stop", atMost: 4 },
      ],
    },
  ],
};
