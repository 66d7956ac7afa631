// The bridge into BullMQ, on a Redis of our own, with workers that are killed.

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type BullmqJob, backoffStrategy, underPolicy } from "@steadfast/bridges/bullmq";
import { lifetimeCap } from "@steadfast/policy";
import { type Job, Queue, QueueEvents, Worker } from "bullmq";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRedis } from "../servers/redis.ts";
import type { Server } from "../servers/server.ts";
import { isMissing } from "../tools.ts";
import { bridgeCases } from "./bridge-cases.ts";

const WORKER = fileURLToPath(new URL("workers/bullmq.ts", import.meta.url));

describe.skipIf(isMissing("redis-server"))("BullMQ", () => {
  let server: Server;
  let queues = 0;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  const connection = () => ({ host: "127.0.0.1", port: server.port, maxRetriesPerRequest: null });
  const nextName = () => `story-${++queues}`;

  bridgeCases("stories", {
    async play(world) {
      const name = nextName();
      await using queue = disposable(new Queue(name, { connection: connection() }));
      await using events = disposable(new QueueEvents(name, { connection: connection() }));
      const { clock, random } = world;
      const own = backoffStrategy(world.story.policy, { clock, random });
      const process = async (job: Job) => {
        job.processedOn = world.clock();
        return world.attempt();
      };
      let worker = started();
      function started(): Worker {
        const settings = { backoffStrategy: strategy };
        return new Worker(name, process, { connection: connection(), settings });
      }
      async function strategy(made: number, type?: string, error?: Error, job?: object) {
        const delay = await own(made, type, error, job as BullmqJob);
        if (delay !== -1) world.waited(delay);
        return delay;
      }
      const job = await queue.add("job", { what: 1 }, underPolicy);
      if (world.story.killedAfter === 1) {
        // Not waited for: it goes away as it is, and another one takes over.
        await once(worker, "failed");
        await worker.close(true);
        worker = started();
      }
      try {
        return await job.waitUntilFinished(events);
      } finally {
        expect((await queue.getJob(String(job.id)))?.data).toMatchObject({ what: 1 });
        await worker.close();
      }
    },
  });

  /** Kills the first worker when it says so; answers what became of the job. */
  async function withKilled(when: "began" | "failed", way: string): Promise<Job | undefined> {
    const name = nextName();
    await using queue = disposable(new Queue(name, { connection: connection() }));
    await using events = disposable(new QueueEvents(name, { connection: connection() }));
    const args = [String(server.port), name];
    const first = fork(WORKER, [...args, way]);
    const job = await queue.add("job", {}, underPolicy);
    await new Promise<void>((resolve) => {
      first.on("message", (said: Record<string, number>) => {
        if (said[when] === 1) resolve();
      });
    });
    first.kill("SIGKILL");
    await once(first, "exit");
    const second = fork(WORKER, args);
    await job.waitUntilFinished(events).catch(() => {});
    second.kill("SIGKILL");
    await once(second, "exit");
    return await queue.getJob(String(job.id));
  }

  it("a worker that is killed between an exit and a launch: the state is in the job", async () => {
    const job = await withKilled("failed", "once");
    expect(job?.attemptsMade).toBe(3);
    expect(job?.data.steadfast).toEqual({ stalls: 0, state: { restarts: 2 } });
    expect(job?.failedReason).toBe("lost");
  });

  it("a worker that is killed in an attempt: the stall is an exit of its own", async () => {
    const job = await withKilled("began", "stalls");
    // One launch after the stall, and one after the first failure.
    expect(job?.data.steadfast).toEqual({ stalls: 1, state: { restarts: 2 } });
    expect(job?.attemptsMade).toBe(2);
  });

  it("states may be kept elsewhere: one for all jobs of a name", async () => {
    const name = nextName();
    const kept = new Map<string, unknown>();
    const states = {
      load: (job: BullmqJob) => kept.get(job.name),
      save: (job: BullmqJob, state: unknown) => kept.set(job.name, state),
    };
    await using queue = disposable(new Queue(name, { connection: connection() }));
    await using events = disposable(new QueueEvents(name, { connection: connection() }));
    const strategy = backoffStrategy(lifetimeCap({ restarts: 3 }), { states });
    const options = {
      connection: connection(),
      settings: { backoffStrategy: strategy as never },
    };
    await using _ = disposable(new Worker(name, () => Promise.reject(new Error("lost")), options));
    const made: (number | undefined)[] = [];
    for (const _ of [1, 2]) {
      const job = await queue.add("mail", {}, underPolicy);
      await job.waitUntilFinished(events).catch(() => {});
      made.push((await queue.getJob(String(job.id)))?.attemptsMade);
    }
    expect(made).toEqual([4, 1]);
  });
});

/** What has `close`, for `await using`. */
function disposable<Closed extends { close(): Promise<unknown> }>(one: Closed) {
  return Object.assign(one, {
    async [Symbol.asyncDispose]() {
      await one.close();
    },
  });
}
