// Pools of threads: a task, or the start of a thread, that goes wrong. Both sides have one thread.

import { giveUp } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { RequestError } from "@steadfast/supervisor/requests";
import { workerPool } from "@steadfast/worker-threads/pool";
import { peer } from "../peers.ts";
import { endOf, endText } from "./ends.ts";
import type { Said, Scenario } from "./scenario.ts";

const PATIENCE = 5_000;
const NO_MEMORY = { maxOldGenerationSizeMb: 32 };

const worker = (name: string) => new URL(`workers/${name}`, import.meta.url);

interface Pool {
  run(task: string): Promise<unknown>;
}

/** A task that ends its thread, and an ordinary one after it. Right is: both settle, and the second is done. */
async function badThenGood({ run }: Pool, bad: string): Promise<Said> {
  const next = run(bad);
  const after = run("add");
  after.catch(() => {}); // looked at when the first one has ended
  const first = await endOf(next, PATIENCE);
  const second = await endOf(after, PATIENCE);
  const isRight = first.type === "rejected" && second.type === "resolved";
  return { did: `the task ${endText(first)}; the next one ${endText(second)}`, isRight };
}

function ours(entry: string, options: object = {}): Pool & { readonly pool: OurPool } {
  const pool = workerPool(worker(entry), {
    threads: 1,
    policy: giveUp(slidingWindow({ limit: 3, windowMs: 60_000 })),
    ...options,
  });
  return { pool, run: (task) => pool.run(task).catch(rethrownWithExit) };
}

type OurPool = ReturnType<typeof workerPool>;

/** Says how the thread ended: the kind and the code of its exit. */
function rethrownWithExit(error: unknown): never {
  const exit = error instanceof RequestError ? error.exit : null;
  if (!exit) throw error;
  const { kind, code } = exit as { readonly kind: string; readonly code?: string | number };
  throw new Error(`${kind}${code === undefined ? "" : `, ${code}`}`);
}

async function simplePool(path: string, entry: string, options: object = {}): Promise<Pool> {
  type Make = new (
    options: object,
  ) => { run(task: unknown): Promise<unknown>; on(event: "error", listener: () => void): unknown };
  const { default: Make } = (await peer(path)) as { readonly default: Make };
  const filename = worker(entry).href;
  const pool = new Make({ filename, minThreads: 1, maxThreads: 1, ...options });
  pool.on("error", () => {}); // an error event without a listener is thrown
  return { run: (task) => pool.run(task) };
}

async function poolifier(entry: string, workerData?: unknown): Promise<Pool> {
  type Make = new (
    threads: number,
    file: string,
    options: object,
  ) => { execute(task: unknown): Promise<unknown> };
  const { FixedThreadPool } = (await peer("poolifier/lib/index.mjs")) as {
    readonly FixedThreadPool: Make;
  };
  const options = { errorHandler: () => {}, workerOptions: { workerData } };
  const pool = new FixedThreadPool(1, worker(entry).pathname, options);
  return { run: (task) => pool.execute(task) };
}

/** Nothing can run: right is that the caller gets an error. */
function neverStarted(end: Awaited<ReturnType<typeof endOf>>, more = ""): Said {
  return { did: `${endText(end)}${more}`, isRight: end.type === "rejected" };
}

async function oursNeverStarted(workerData?: Int32Array): Promise<Said> {
  const { pool, run } = ours("broken.mjs", workerData ? { workerData } : {});
  const end = await endOf(run("add"), PATIENCE);
  const outcome = await pool.outcome;
  const lastExit = outcome.type === "refused" ? outcome.lastExit : null;
  const { error } = (lastExit ?? {}) as { readonly error?: unknown };
  const cause = error instanceof Error ? error.message : String(error);
  const starts = workerData ? `, ${Atomics.load(workerData, 0)} starts` : "";
  return neverStarted(end, `; the pool is ${outcome.type}, cause: ${cause}${starts}`);
}

const counter = () => new Int32Array(new SharedArrayBuffer(4));

export const pools: readonly Scenario[] = [
  {
    name: "exit-0",
    title: "A task of a pool calls `process.exit(0)`",
    peer: "tinypool",
    found: "this task and the next one pending",
    theirs: async () =>
      badThenGood(await simplePool("tinypool/dist/index.js", "task.mjs"), "exit 0"),
    ours: () => badThenGood(ours("served.mjs"), "exit 0"),
  },
  {
    name: "exit-1",
    title: "A task of a pool calls `process.exit(1)`",
    peer: "poolifier",
    found: "pending",
    theirs: async () => badThenGood(await poolifier("poolified.mjs"), "exit 1"),
    ours: () => badThenGood(ours("served.mjs"), "exit 1"),
  },
  {
    name: "out-of-memory",
    title: "A task of a pool runs out of memory",
    peer: "tinypool",
    found: "rejects: fixed since it was first seen pending",
    theirs: async () => {
      const limits = { resourceLimits: NO_MEMORY };
      return badThenGood(await simplePool("tinypool/dist/index.js", "task.mjs", limits), "fill");
    },
    ours: () => badThenGood(ours("served.mjs", { resourceLimits: NO_MEMORY }), "fill"),
  },
  {
    name: "start-throws",
    title: "No thread of a pool can start: its module throws",
    peer: "piscina",
    found: "with `minThreads: 0` pending, with 1 it rejects",
    theirs: async () => {
      const pool = await simplePool("piscina/dist/main.js", "broken.mjs", { minThreads: 0 });
      return neverStarted(await endOf(pool.run("add"), PATIENCE));
    },
    ours: () => oursNeverStarted(),
  },
  {
    name: "start-storm",
    title: "The same, and how often it is tried",
    peer: "poolifier",
    found: "7 starts in 2 s under load, each an uncaught error of the host; pending",
    theirs: async () => {
      const starts = counter();
      const pool = await poolifier("broken.mjs", starts);
      const end = await endOf(pool.run("add"), PATIENCE);
      return neverStarted(end, `, ${Atomics.load(starts, 0)} starts`);
    },
    ours: () => oursNeverStarted(counter()),
  },
];
