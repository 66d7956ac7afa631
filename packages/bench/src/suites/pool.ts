// Small tasks through a pool, and the time from a crash of its only thread to the next answer: ours beside the shortest
// pool by hand, piscina and tinypool.

import { byHand, type Candidate, type Make, ours, peerPool } from "../pools.ts";
import { median } from "../statistics.ts";
import { type Figures, NotMeasured, type Suite } from "../suite.ts";

const TASKS = 20_000;
const CRASHES = 5;
/** What a pool that never answers is given, in milliseconds. */
const PATIENCE = 2_000;

const piscina = peerPool("piscina/dist/main.js");
const tinypool = peerPool("tinypool/dist/index.js");

/** Tasks per millisecond, one at a time and 1 000 at a time. */
async function throughput(make: Make): Promise<Figures> {
  return {
    "2 threads, 1 at a time": await flow(make, 2, 1),
    "2 threads, 1000 at a time": await flow(make, 2, 1_000),
    "4 threads, 1000 at a time": await flow(make, 4, 1_000),
  };
}

async function flow(make: Make, threads: number, atOnce: number): Promise<number> {
  const pool = await make(threads);
  await pool.ready();
  await flood(pool, TASKS / 10, atOnce);
  const from = performance.now();
  await flood(pool, TASKS, atOnce);
  const passed = performance.now() - from;
  await pool.end();
  return TASKS / passed;
}

async function flood({ run }: Candidate, tasks: number, atOnce: number): Promise<void> {
  let left = tasks;
  const one = async () => {
    while (left-- > 0) await run({ a: left, b: 1 });
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

/** Milliseconds from the request that ends the only thread to the next answer. */
async function crash(make: Make): Promise<Figures> {
  const pool = await make(1);
  const took: number[] = [];
  for (let n = 0; n < CRASHES; n++) {
    await pool.ready();
    await pool.run({ a: 1, b: 1 });
    const from = performance.now();
    void pool.run({ a: -1, b: 1 });
    await inTime(pool.run({ a: 1, b: 1 }));
    took.push(performance.now() - from);
  }
  await pool.end();
  return { "next answer": median(took) };
}

async function inTime(promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const why = new NotMeasured(`no answer within ${PATIENCE} ms: the task stays pending`);
    timer = setTimeout(reject, PATIENCE, why);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}

const perMs = { unit: "/ms", digits: 1 };
const FLOWS = ["2 threads, 1 at a time", "2 threads, 1000 at a time", "4 threads, 1000 at a time"];

export const suite: Suite = {
  name: "pool",
  tables: [
    {
      name: "small-tasks",
      title: "small tasks through a pool: how many in a millisecond",
      figures: Object.fromEntries(FLOWS.map((figure) => [figure, perMs])),
      candidates: {
        piscina: () => throughput(piscina),
        tinypool: () => throughput(tinypool),
        "by hand": () => throughput(byHand),
        workerPool: () => throughput(ours()),
      },
      reaches: FLOWS.map((figure) => ({
        candidate: "workerPool",
        figure,
        than: "piscina",
        atLeast: 0.8,
      })),
    },
    {
      name: "crash",
      title: "the only thread of a pool exits: until the next answer",
      figures: { "next answer": { unit: "ms", digits: 1 } },
      candidates: {
        "by hand": () => crash(byHand),
        piscina: () => crash(piscina),
        tinypool: () => crash(tinypool),
        workerPool: () => crash(ours()),
        "workerPool with a standby": () => crash(ours({ standby: 1 })),
      },
      reaches: [
        {
          candidate: "workerPool with a standby",
          figure: "next answer",
          than: "by hand",
          atMost: 0.15,
        },
      ],
    },
  ],
};
