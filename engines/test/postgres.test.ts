// The bridges into queues on PostgreSQL: pg-boss and graphile-worker, on a server of our own.

import { EventEmitter } from "node:events";
import { exitLimit, taskUnder } from "@steadfast/bridges/graphile-worker";
import { handlerUnder } from "@steadfast/bridges/pg-boss";
import { lifetimeCap } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import {
  Logger,
  makeWorkerUtils,
  type RunnerOptions,
  run,
  type WorkerEvents,
} from "graphile-worker";
import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres } from "../servers/postgres.ts";
import type { Server } from "../servers/server.ts";
import { isMissing } from "../tools.ts";
import { bridgeCases, type World } from "./bridge-cases.ts";

describe.skipIf(isMissing("postgres"))("PostgreSQL", () => {
  let server: Server;
  beforeAll(async () => {
    server = await startPostgres({ patient: true });
  });
  afterAll(() => server.stop());
  const url = () => `postgres://postgres@127.0.0.1:${server.port}/postgres`;

  describe("pg-boss", () => {
    let boss: PgBoss;
    let queues = 0;
    beforeAll(async () => {
      boss = new PgBoss({ connectionString: url(), supervise: false, schedule: false });
      boss.on("error", () => {});
      await boss.start();
    });
    afterAll(() => boss.stop({ graceful: true, timeout: 10_000 }));

    bridgeCases("stories", {
      concurrent: true,
      async play(world) {
        const queue = `story-${++queues}`;
        const retryLimit = world.story.killedAfter ? 2 : 0;
        await boss.createQueue(queue, { retryLimit });
        return settled(world, (done) => {
          const { clock, random } = world;
          const noted = {
            send(name: string, data: object, options: { startAfter?: Date }) {
              const ended = (data as { steadfast: { ended?: string } }).steadfast.ended;
              if (ended !== undefined) done.reject(new Error(ended));
              else done.waited(options.startAfter);
              return boss.send(name, data, options);
            },
          };
          const handler = handlerUnder(noted, world.story.policy, () => world.attempt(), {
            clock,
            random,
          });
          const own = { includeMetadata: true, pollingIntervalSeconds: 0.5 } as const;
          void boss.work<object>(queue, own, async (jobs) => {
            try {
              if ((await handler(jobs)) !== undefined) done.resolve("done");
            } catch (error) {
              done.reject(error);
              throw error;
            }
          });
          void boss.send(queue, { what: 1 });
        }).finally(() => boss.offWork(queue));
      },
    });

    it("a job whose worker died is handed out again by pg-boss, and that is an exit of its own", async () => {
      const queue = "died";
      await boss.createQueue(queue, { retryLimit: 3, retryDelay: 0, expireInSeconds: 1 });
      const id = await boss.send(queue, { what: 1 });
      await boss.fetch(queue); // taken by a worker that never comes back
      await boss.fail(queue, String(id), { message: "its worker died" });
      const sent: object[] = [];
      const [job] = await boss.fetch<object>(queue, { includeMetadata: true });
      const boss2 = { send: async (_: string, data: object) => sent.push(data) };
      const handler = handlerUnder(boss2, lifetimeCap({ restarts: 9 }), () =>
        Promise.reject(new Error("lost")),
      );
      if (job) await handler([job]);
      expect(sent).toEqual([{ what: 1, steadfast: { state: { restarts: 2 } } }]);
    });
  });

  describe("graphile-worker", () => {
    let stories = 0;
    const options = (own: Partial<RunnerOptions>): RunnerOptions => ({
      connectionString: url(),
      noHandleSignals: true,
      pollInterval: 100,
      logger: new Logger(() => () => {}),
      ...own,
    });

    bridgeCases("stories", {
      async play(world) {
        const name = `story-${++stories}`;
        const { clock, random } = world;
        const maxAttempts = world.story.killedAfter ? 1 : 3;
        let runner: Awaited<ReturnType<typeof run>> | undefined;
        return settled(world, (done) => {
          const task = taskUnder(world.story.policy, () => world.attempt(), { clock, random });
          const taskList: RunnerOptions["taskList"] = {
            async [name](payload, helpers) {
              let added = false;
              const addJob: typeof helpers.addJob = (identifier, data, spec) => {
                added = true;
                if (spec?.runAt) done.waited(spec.runAt);
                return helpers.addJob(identifier, data, spec);
              };
              try {
                await task(payload, { ...helpers, addJob } as never);
                if (!added) done.resolve("done");
                if (world.attempts === world.story.killedAfter) setImmediate(another);
              } catch (error) {
                done.reject(error); // only what is final is thrown
                throw error;
              }
            },
          };
          const begin = async () => {
            runner = await run(options({ taskList, concurrency: 1 }));
          };
          const another = () => void runner?.stop().then(begin);
          void (async () => {
            await begin();
            await runner?.addJob(name, { what: 1 }, { maxAttempts });
          })();
        }).finally(() => runner?.stop());
      },
    });

    it("replaces a worker that exits unasked as the policy says, and ends with a cause", async () => {
      const events: WorkerEvents = new EventEmitter();
      let workers = 0;
      events.on("worker:create", () => workers++);
      // Once it looks for work it is released behind the pool's back.
      events.on("worker:getJob:empty", ({ worker }) => void worker.release());
      const policy = slidingWindow({ limit: 3, windowMs: 60_000 });
      const ends: string[] = [];
      const onEnd = ({ message }: Error) => ends.push(message);
      const runner = await run(
        options({
          taskList: { none: () => {} },
          concurrency: 1,
          events,
          preset: { plugins: [exitLimit(policy, { onEnd })] },
        }),
      );
      await runner.promise;
      expect(ends).toEqual(["a worker of the pool exited, and is not replaced: window-full"]);
      expect(workers).toBe(3);
    });

    it("a state is in the payload, and the job is failed for good at the end", async () => {
      const utils = await makeWorkerUtils({ connectionString: url() });
      const jobs = "select attempts, max_attempts from graphile_worker.jobs";
      const { rows } = await utils.withPgClient((client) =>
        client.query<Record<string, number>>(jobs),
      );
      await utils.release();
      expect(rows.length).toBeGreaterThan(3);
      expect(rows.filter((row) => row.attempts !== row.max_attempts)).toEqual([]);
    });
  });
});

interface Done {
  resolve(value: string): void;
  reject(error: unknown): void;
  /** A job was added that starts then, or at once. */
  waited(at: Date | undefined): void;
}

/** Plays until it is done. Jobs start at instants of the world, which are long over for the engine. */
function settled(world: World, play: (done: Done) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const waited = (at: Date | undefined) => world.waited(Number(at) - world.clock());
    play({ resolve, reject, waited });
  });
}
