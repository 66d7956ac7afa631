// From the message that ends a worker badly to the answer of the next one to a task, beside `new Worker` by
// hand. A hang is noticed by hand as the launcher does it: the worker is asked for an echo every 10 ms, and
// terminated when none has come for 50.

import { Worker } from "node:worker_threads";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { workerLauncher } from "@steadfast/worker-threads";
import { median } from "../statistics.ts";
import type { Figures, Suite } from "../suite.ts";

const TIMES = 12;
const EVERY_MS = 10;
const SILENT_MS = 50;
const ENDS = ["crash", "exit", "hang"] as const;
const entry = new URL("../workers/task.mjs", import.meta.url);

type End = (typeof ENDS)[number];

/** Tells the worker that is there. `answered` is called with each answer. */
interface Host {
  tell(message: string): void;
  close(): Promise<unknown>;
}

type MakeHost = (watched: boolean, answered: (message: unknown) => void) => Host;

const byHand: MakeHost = (watched, answered) => {
  let worker: Worker;
  let open = true;
  let heardAt = Number.POSITIVE_INFINITY;
  const start = () => {
    const own = new Worker(entry);
    worker = own;
    heardAt = Number.POSITIVE_INFINITY;
    own.on("message", (message) => {
      heardAt = performance.now();
      if (message !== "echo") answered(message);
    });
    own.on("error", () => {});
    own.once("exit", () => {
      if (open) start();
    });
    own.postMessage("task");
  };
  const watch = setInterval(() => {
    if (!watched) return;
    if (heardAt === Number.POSITIVE_INFINITY) return; // it has not begun, or it is being ended
    if (performance.now() - heardAt <= SILENT_MS) return worker.postMessage("echo");
    heardAt = Number.POSITIVE_INFINITY;
    void worker.terminate();
  }, EVERY_MS);
  start();
  return {
    tell: (message) => worker.postMessage(message),
    close() {
      open = false;
      clearInterval(watch);
      return worker.terminate();
    },
  };
};

const supervised: MakeHost = (watched, answered) => {
  const launcher = workerLauncher(entry, watched ? { heartbeatEveryMs: EVERY_MS } : {});
  const handle = supervise(launcher, {
    policy: restartOn("permanent"),
    gracePeriodMs: 0,
    ...(watched ? { heartbeatTimeoutMs: SILENT_MS } : {}),
    onMessage: answered,
    onEvent(event) {
      // The first launch comes before there is a handle.
      if (event.type === "launched") queueMicrotask(() => handle.send("task"));
    },
  });
  return { tell: (message) => handle.send(message), close: () => handle.kill() };
};

async function ends(make: MakeHost, end: End): Promise<number> {
  const times: number[] = [];
  let told = 0;
  let host: Host | undefined;
  await new Promise<void>((resolve) => {
    host = make(end === "hang", () => {
      if (told > 0) times.push(performance.now() - told);
      if (times.length === TIMES) return resolve();
      setTimeout(() => {
        told = performance.now();
        host?.tell(end);
      }, 3 * EVERY_MS); // it has answered an echo
    });
  });
  await host?.close();
  return median(times);
}

async function all(make: MakeHost): Promise<Figures> {
  const figures: Record<string, number> = {};
  for (const end of ENDS) figures[end] = await ends(make, end);
  return figures;
}

const ms = { unit: "ms", digits: 1 };

export const suite: Suite = {
  name: "threads",
  tables: [
    {
      name: "ends",
      title: "a worker ends badly: until the next one has answered a task",
      figures: { crash: ms, exit: ms, hang: ms },
      candidates: { "new Worker by hand": () => all(byHand), supervise: () => all(supervised) },
      reaches: ENDS.map((figure) => ({
        candidate: "supervise",
        figure,
        than: "new Worker by hand",
        atMost: 1.05,
      })),
    },
  ],
};
