// Worker threads, alone and as a pool: they throw, exit, and hang until the watchdog ends them.

import { supervise } from "@steadfast/supervisor";
import { workerLauncher } from "@steadfast/worker-threads";
import { workerPool } from "@steadfast/worker-threads/pool";
import { livedAndEnded, ownSignal } from "../ended.ts";
import type { Life } from "../world.ts";
import { randomOptions } from "./tasks.ts";

const ENTRY = new URL("../worker.mjs", import.meta.url);

export const randomThread = () => workerLauncher(ENTRY, { heartbeatEveryMs: 20 });

export const supervisedThreads: Life = async (world) => {
  const { signal, abort } = ownSignal();
  const both = AbortSignal.any([signal, world.controller.signal]);
  const options = { ...randomOptions(world), id: "thread", signal: both };
  const standby = world.chance.happens(0.3) ? 1 : 0;
  const handle = supervise(randomThread(), { ...options, heartbeatTimeoutMs: 300, standby });
  await livedAndEnded(world, handle, abort);
};

export const pools: Life = async (world) => {
  const { chance } = world;
  const policy = world.policy();
  const pool = workerPool(ENTRY, {
    policy,
    threads: 2,
    heartbeatEveryMs: 20,
    heartbeatTimeoutMs: 300,
  });
  const jobs = Array.from({ length: 30 }, async () => {
    await world.pause(0, 600);
    const message = chance.happens(0.9) ? "work" : chance.pick(["boom", "exit", "hang"]);
    try {
      await pool.run(message, { timeoutMs: 400 });
      world.count("pool: answered");
    } catch {
      world.count("pool: refused");
    }
  });
  await Promise.all(jobs);
  await pool.stop();
  world.count(`outcome: pool, ${(await pool.outcome).type}`);
};
