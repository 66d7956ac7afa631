// What one host pays as its children grow in number, for each adapter and for a tree: to start all, to restart one
// among them, to stop all, and in memory. CPU is that of the main thread. Small fleets are made again and again
// until there is enough to measure.

import { spawnLauncher } from "@steadfast/child-process";
import { restartOn } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { type SupervisorEvent, supervise } from "@steadfast/supervisor";
import { superviseTree } from "@steadfast/supervisor/tree";
import { workerLauncher } from "@steadfast/worker-threads";
import { Arrivals } from "../arrivals.ts";
import { cpuMicroseconds, turn } from "../measure.ts";
import type { Figures, Suite, Table } from "../suite.ts";

const GOLDEN = 0.618_033_988_749_895;
const MIB = 1_048_576;
const policy = restartOn("permanent");

/** Children of one kind that run until they are stopped, or made to fail. */
interface Fleet {
  /** Begins all, and says which child each launch is of. */
  begin(size: number, launched: (child: number) => void): { stop(): Promise<unknown> };
  fail(child: number): void;
  readonly restarts: number;
  /** How much CPU of starting and stopping is measured at least. */
  readonly enoughMicros: number;
}

function each(
  size: number,
  make: (child: number, onEvent: (event: SupervisorEvent) => void) => Promise<unknown>,
  launched: (child: number) => void,
): readonly Promise<unknown>[] {
  return Array.from({ length: size }, (_, child) =>
    make(child, (event) => {
      if (event.type === "launched") launched(child);
    }),
  );
}

function tasks(): Fleet & { launcher(child: number): ReturnType<typeof taskLauncher> } {
  const failures = new Map<number, (error: Error) => void>();
  const boom = new Error("boom");
  const launcher = (child: number) =>
    taskLauncher(
      ({ signal }) =>
        new Promise<void>((resolve, reject) => {
          failures.set(child, reject);
          signal.addEventListener("abort", () => resolve());
        }),
    );
  return {
    restarts: 500,
    enoughMicros: 100_000,
    launcher,
    fail: (child) => failures.get(child)?.(boom),
    begin(size, launched) {
      const { signal, abort } = aborting();
      const all = each(
        size,
        (child, onEvent) => supervise(launcher(child), { policy, signal, onEvent }).outcome,
        launched,
      );
      return {
        stop() {
          abort();
          return Promise.all(all);
        },
      };
    },
  };
}

function tree(): Fleet {
  const { launcher, fail, restarts, enoughMicros } = tasks();
  return {
    restarts,
    enoughMicros,
    fail,
    begin(size, launched) {
      const kinds = {
        task: { policy, launcher: (id: string) => launcher(Number(id)) },
      } as const;
      const onEvent = (event: SupervisorEvent) => {
        if (event.type === "launched") launched(Number(event.id.split("/").at(-1)));
      };
      const handle = superviseTree({ kinds }, { onEvent });
      for (let i = 0; i < size; i++) void handle.startChild({ id: String(i), kind: "task" });
      return { stop: () => handle.stop() };
    },
  };
}

function processes(): Fleet {
  const pids = new Map<number, number>();
  const launcher = spawnLauncher("sleep", ["1000"]);
  return {
    restarts: 20,
    enoughMicros: 100_000,
    fail: (child) => process.kill(pids.get(child) ?? 0, "SIGKILL"),
    begin(size, launched) {
      const { signal, abort } = aborting();
      const all = each(
        size,
        (child, onEvent) => {
          const heard = (event: SupervisorEvent) => {
            if (event.type === "launched" && event.pid) pids.set(child, event.pid);
            onEvent(event);
          };
          return supervise(launcher, { policy, signal, onEvent: heard }).outcome;
        },
        launched,
      );
      return {
        stop() {
          abort();
          return Promise.all(all);
        },
      };
    },
  };
}

function threads(): Fleet {
  const crash = new Map<number, () => void>();
  const launcher = workerLauncher(new URL("../workers/task.mjs", import.meta.url));
  return {
    restarts: 5,
    enoughMicros: 10_000, // each takes long to come up
    fail: (child) => crash.get(child)?.(),
    begin(size, launched) {
      const handles = Array.from({ length: size }, (_, child) => {
        const handle = supervise(launcher, {
          policy,
          gracePeriodMs: 0,
          onMessage: () => launched(child),
          onEvent({ type }) {
            // The first launch comes before there is a handle.
            if (type === "launched") queueMicrotask(() => handle.send("task"));
          },
        });
        crash.set(child, () => void handle.send("crash"));
        return handle;
      });
      return { stop: () => Promise.all(handles.map((handle) => handle.kill())) };
    },
  };
}

function aborting() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(new Error("over")) };
}

function rssMib(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / MIB;
}

async function measured(make: () => Fleet, size: number): Promise<Figures> {
  let [start, restart, stop, mib, rounds] = [0, 0, 0, 0, 0];
  const before = rssMib();
  const { restarts, enoughMicros } = make();
  while (rounds === 0 || start + stop < enoughMicros) {
    const fleet = make();
    const arrivals = new Arrivals();
    const began = cpuMicroseconds();
    const { stop: stopAll } = fleet.begin(size, arrivals.launched);
    await arrivals.reached(size);
    start += cpuMicroseconds() - began;
    if (rounds === 0) {
      await turn();
      mib = rssMib() - before;
    }
    let child = 0;
    const restarting = cpuMicroseconds();
    for (let i = 0; i < restarts; i++) {
      child = (child + GOLDEN) % 1;
      const next = arrivals.reached(arrivals.count + 1);
      fleet.fail(Math.floor(child * size));
      await next;
    }
    restart += cpuMicroseconds() - restarting;
    const stopping = cpuMicroseconds();
    await stopAll();
    stop += cpuMicroseconds() - stopping;
    rounds++;
  }
  return {
    start: start / rounds / 1_000,
    stop: stop / rounds / 1_000,
    restart: restart / rounds / restarts,
    mib,
  };
}

function table(name: string, title: string, make: () => Fleet, sizes: readonly number[]): Table {
  const candidates = sizes.map((size) => [String(size), () => measured(make, size)] as const);
  return {
    name,
    title,
    figures: {
      start: { unit: "ms CPU to start all" },
      stop: { unit: "ms CPU to stop all" },
      restart: { unit: "us CPU to restart one", digits: 0 },
      mib: { unit: "MiB RSS", digits: 1 },
    },
    candidates: Object.fromEntries(candidates),
  };
}

const TENS = [1, 10, 100, 1_000, 10_000, 100_000];

export const suite: Suite = {
  name: "scaling",
  flags: ["--expose-gc"],
  tables: [
    table("tasks", "tasks in one host", tasks, TENS),
    table("tree", "tasks in one tree", tree, TENS),
    table("processes", "processes of one host", processes, [1, 5, 20, 50, 100, 200]),
    table("threads", "threads in one host", threads, [1, 2, 4, 8, 16, 32, 64]),
  ],
};
