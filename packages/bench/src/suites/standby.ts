// From the message that ends a child to the answer of the next one, with one that is up already and without, beside
// the shortest code by hand, which has none. Between two crashes there is time for the next standby to come up.

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { forkLauncher } from "@steadfast/child-process";
import { restartOn } from "@steadfast/policy";
import { type Launcher, supervise } from "@steadfast/supervisor";
import { workerLauncher } from "@steadfast/worker-threads";
import { median } from "../statistics.ts";
import type { Figures, Suite, Table } from "../suite.ts";

const TIMES = 4;
/** Several times what a child takes to come up. */
const APART_MS = 1_000;
const CHILD = fileURLToPath(new URL("../workers/child.mjs", import.meta.url));
const THREAD = new URL("../workers/standby.mjs", import.meta.url);

interface Host {
  tell(message: string): void;
  close(): unknown;
}

type MakeHost = (answered: () => void) => Host;

interface Own {
  on(event: "message" | "error", listener: () => void): unknown;
  once(event: "exit", listener: () => void): unknown;
}

/** By hand: the next one is made when the last one has exited, and gets the task. */
function byHand<Child extends Own>(
  make: () => Child,
  tell: (child: Child, message: string) => void,
  end: (child: Child) => unknown,
): MakeHost {
  return (answered) => {
    let child: Child;
    let open = true;
    const start = () => {
      const own = make();
      child = own;
      own.on("message", answered);
      own.on("error", () => {});
      own.once("exit", () => {
        if (open) start();
      });
      tell(own, "task");
    };
    start();
    return {
      tell: (message) => tell(child, message),
      close() {
        open = false;
        return end(child);
      },
    };
  };
}

function supervised(launcher: Launcher, standby: number): MakeHost {
  return (answered) => {
    const handle = supervise(launcher, {
      policy: restartOn("permanent"),
      standby,
      onMessage: answered,
      onEvent({ type }) {
        // The first launch comes before there is a handle.
        if (type === "launched") queueMicrotask(() => handle.send("task"));
      },
    });
    return { tell: (message) => handle.send(message), close: () => handle.kill() };
  };
}

async function crashes(make: MakeHost): Promise<Figures> {
  const times: number[] = [];
  let told = 0;
  let host: Host | undefined;
  await new Promise<void>((resolve) => {
    host = make(() => {
      if (told > 0) times.push(performance.now() - told);
      if (times.length === TIMES) return resolve();
      setTimeout(() => {
        told = performance.now();
        host?.tell("crash");
      }, APART_MS);
    });
  });
  await host?.close();
  return { answer: median(times) };
}

function table(name: string, title: string, hand: MakeHost, launcher: Launcher): Table {
  return {
    name,
    title,
    figures: { answer: { unit: "ms", digits: 1 } },
    candidates: {
      "by hand": () => crashes(hand),
      supervise: () => crashes(supervised(launcher, 0)),
      "supervise, a standby": () => crashes(supervised(launcher, 1)),
    },
    reaches: [
      { candidate: "supervise, a standby", figure: "answer", than: "by hand", atMost: 0.15 },
    ],
  };
}

const forked = byHand(
  () => fork(CHILD),
  (child, message) => void child.send(message),
  (child) => child.kill("SIGKILL"),
);
const threaded = byHand(
  () => new Worker(THREAD),
  (worker, message) => worker.postMessage(message),
  (worker) => worker.terminate(),
);

export const suite: Suite = {
  name: "standby",
  tables: [
    table("forked", "a forked child crashes: until the next answer", forked, forkLauncher(CHILD)),
    table("thread", "a thread crashes: until the next answer", threaded, workerLauncher(THREAD)),
  ],
};
