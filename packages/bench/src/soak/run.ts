// A run: lanes of lives for so many minutes, readings meanwhile, and a look at what is left when all have ended.

import { randomUUID } from "node:crypto";
import { loadavg } from "node:os";
import { setTimeout } from "node:timers/promises";
import { Chance } from "./chance.ts";
import type { Reading, Sample } from "./metrics.ts";
import { ProcessesOfOurs } from "./processes-of-ours.ts";
import { reader } from "./readings.ts";
import { standbys, supervisedProcesses } from "./stations/processes.ts";
import { retries, supervisedTasks } from "./stations/tasks.ts";
import { pools, supervisedThreads } from "./stations/threads.ts";
import { trees } from "./stations/trees.ts";
import { type Life, World } from "./world.ts";

/** How many lanes of each run side by side. */
const LANES: readonly (readonly [name: string, life: Life, lanes: number])[] = [
  ["tasks", supervisedTasks, 8],
  ["retries", retries, 2],
  ["processes", supervisedProcesses, 3],
  ["standbys", standbys, 1],
  ["threads", supervisedThreads, 1],
  ["pool", pools, 1],
  ["trees", trees, 2],
];

const MOST_SAMPLES = 600;
/** Every life ends by itself within seconds: one that has not by then is stuck. */
const ENDS_WITHIN_MS = 20_000;

export interface Run {
  readonly minutes: number;
  readonly seed: number;
  readonly at: string;
  readonly load: readonly [before: number, after: number];
  readonly samples: readonly Sample[];
  readonly counts: Readonly<Record<string, number>>;
  /** What is left when all have ended; nothing of it may be. */
  readonly left: Pick<Reading, "groups" | "zombies" | "timers" | "lives"> & {
    /** Beyond those before the first life. */
    readonly listeners: number;
  };
  /** Errors that nobody handled, and those that ended a life. */
  readonly errors: readonly string[];
}

const oneMinuteLoad = () => Number((loadavg()[0] ?? 0).toFixed(1));

function hearErrors(world: World): void {
  for (const name of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(name, (error: unknown) => world.failed(name, error));
  }
}

/** Waits until everything is gone, or long enough. */
async function leftOf(read: () => Reading, before: number): Promise<Run["left"]> {
  for (let tries = 0; ; tries++) {
    const { groups, zombies, timers, lives, listeners } = read();
    const left = { groups, zombies, timers, lives, listeners: listeners - before };
    if (tries === 50 || Object.values(left).every((count) => count <= 0)) return left;
    await setTimeout(200);
  }
}

export async function soak(
  minutes: number,
  seed: number,
  say: (line: string) => void,
): Promise<Run> {
  const mark = randomUUID();
  const world = new World(new Chance(seed), new ProcessesOfOurs(mark), mark);
  hearErrors(world);
  const read = reader(world);
  const { listeners } = read();
  const [at, before] = [new Date().toISOString(), oneMinuteLoad()];
  const from = performance.now();
  const ends = from + minutes * 60_000;
  const everyMs = Math.max(250, (minutes * 60_000) / MOST_SAMPLES);
  const lanes = LANES.flatMap(([name, life, count]) =>
    Array.from({ length: count }, () => world.lane(name, life)),
  );
  const samples: Sample[] = [];
  while (performance.now() < ends) {
    await setTimeout(everyMs);
    const seconds = (performance.now() - from) / 1_000;
    const sample = { seconds, ...read() };
    samples.push(sample);
    if (samples.length % 20 === 0) {
      const { rss, heap, fds, groups, lives } = sample;
      const mib = `${rss.toFixed(0)} MiB RSS, ${heap.toFixed(1)} MiB heap`;
      say(`${seconds.toFixed(0)} s: ${mib}, ${fds} files, ${groups} groups, ${lives} lives`);
    }
  }
  world.isOver = true;
  const patience = new AbortController();
  const tooLate = setTimeout(ENDS_WITHIN_MS, null, { signal: patience.signal });
  await Promise.race([Promise.all(lanes), tooLate]);
  patience.abort();
  await tooLate.catch(() => {});
  for (const name of world.lives.values()) world.count(`stuck: ${name}`);
  world.controller.abort(new Error("the run is over"));
  const left = await leftOf(read, listeners);
  const counts = Object.fromEntries([...world.counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return {
    minutes,
    seed,
    at,
    load: [before, oneMinuteLoad()],
    samples,
    counts,
    left,
    errors: world.errors,
  };
}
