// Promise tasks: they complete, reject, throw, hang until they are asked, or hear nothing for a while.

import { retry, type TaskContext, taskLauncher } from "@steadfast/promise-tasks";
import {
  type SuperviseOptions,
  type SupervisorSnapshot,
  sharedBudget,
  supervise,
} from "@steadfast/supervisor";
import { livedAndEnded, ownSignal } from "../ended.ts";
import type { Life, World } from "../world.ts";

type Manner = (context: TaskContext, world: World) => unknown;

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const MANNERS: Readonly<Record<string, Manner>> = {
  completes: (_, world) => after(world.chance.whole(0, 60)),
  rejects: async (_, world) => {
    await after(world.chance.whole(0, 40));
    throw new Error("boom");
  },
  throws: () => {
    throw new Error("boom at once");
  },
  works: async (context, world) => {
    context.ready();
    while (!context.signal.aborted) {
      context.heartbeat();
      await after(world.chance.whole(5, 20));
    }
  },
  obeys: ({ signal, onMessage }) => {
    onMessage(() => {});
    return new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
  },
  "does not hear": (_, world) => after(world.chance.whole(200, 600)),
};

export const randomTask = (world: World) =>
  taskLauncher((context: TaskContext) => {
    const name = world.chance.pick(Object.keys(MANNERS));
    world.count(`task: ${name}`);
    return MANNERS[name]?.(context, world);
  });

/** Options that any launcher takes, at random. */
export function randomOptions(world: World): SuperviseOptions {
  const { chance } = world;
  return {
    policy: world.policy(),
    gracePeriodMs: chance.whole(0, 150),
    abandonAfterMs: 1_500,
    healthyAfterMs: chance.whole(20, 500),
    onNotYet: chance.pick(["wait", "end"]),
    onRefused: chance.pick(["end", "hold"]),
    onEvent: world.onEvent,
    ...(chance.happens(0.3) ? { maxRunMs: chance.whole(100, 800) } : {}),
    ...(chance.happens(0.3) ? { journal: (entry: unknown) => void JSON.stringify(entry) } : {}),
    ...(chance.happens(0.3)
      ? { probe: { check: () => chance.happens(0.9), periodMs: 30, timeoutMs: 20 } }
      : {}),
    ...(chance.happens(0.2) ? { shared: sharedBudget(world.policy()) } : {}),
    ...(chance.happens(0.2) ? { recycle: { ageMs: chance.whole(50, 500) } } : {}),
  };
}

/** One stretch, and sometimes another one from a snapshot of when the first was alive. */
export const supervisedTasks: Life = async (world) => {
  const { signal, abort } = ownSignal();
  const options = { ...randomOptions(world), id: "task" };
  const launcher = randomTask(world);
  const both = AbortSignal.any([signal, world.controller.signal]);
  const first = supervise(launcher, { ...options, signal: both });
  const events = first.events();
  const heard = (async () => {
    for await (const { type } of events) world.count(`heard: ${type}`);
  })();
  const taken = world.pause(50, 1_500).then(() => JSON.stringify(first.snapshot()));
  await livedAndEnded(world, first, abort);
  await heard;
  const snapshot = JSON.parse(await taken) as SupervisorSnapshot;
  if (snapshot.supervision.ending !== null || world.chance.happens(0.3)) return;
  const second = supervise(launcher, { ...options, snapshot, signal: world.controller.signal });
  await livedAndEnded(world, second, () => void second.kill());
  world.count("handed over");
};

/** Many at once under the signal of the run. */
export const retries: Life = async (world) => {
  const { chance } = world;
  const all = Array.from({ length: 20 }, async () => {
    const task = async () => {
      await after(chance.whole(0, 10));
      if (chance.happens(0.7)) throw new Error("boom");
      return 1;
    };
    const own = AbortSignal.timeout(chance.whole(100, 3_000));
    try {
      await retry(task, {
        policy: world.policy(),
        signal: chance.happens(0.5) ? world.controller.signal : own,
        deadlineMs: 3_000,
        attemptTimeoutMs: 50,
      });
      world.count("retry: worked");
    } catch {
      world.count("retry: failed");
    }
  });
  await Promise.all(all);
};
