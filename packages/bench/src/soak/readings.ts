// One reading of everything that could grow.

import { readdirSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Reading } from "./metrics.ts";
import type { World } from "./world.ts";

const MIB = 1_048_576;

function openFiles(): number {
  try {
    return readdirSync("/proc/self/fd").length - 1; // the one that reads this
  } catch {
    return 0; // no /proc
  }
}

function timers(): number {
  const waiting = process.getActiveResourcesInfo();
  return waiting.filter((name) => name === "Timeout" || name === "Immediate").length;
}

/** Reads, and forgets the delays of the event loop so far: what reading costs is nobody's delay. */
export function reader(world: World): () => Reading {
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  return () => {
    const delay = delays.percentile(99) / 1e6;
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    const reading = {
      rss: rss / MIB,
      heap: heapUsed / MIB,
      fds: openFiles(),
      listeners: world.listeners(),
      timers: timers(),
      delay,
      ...world.processes.look(),
      lives: world.lives.size,
    };
    delays.reset();
    return reading;
  };
}
