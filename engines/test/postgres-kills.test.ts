// Workers of pg-boss and graphile-worker that are killed, each a process of its own, on a server of our own: what the
// policy has counted survives in the job.

import { makeWorkerUtils } from "graphile-worker";
import pg from "pg";
import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres } from "../servers/postgres.ts";
import type { Server } from "../servers/server.ts";
import { isMissing } from "../tools.ts";
import { startWorker } from "./worker-process.ts";

const POLLED = { timeout: 50_000, interval: 50 };

describe.skipIf(isMissing("postgres"))("killed workers", () => {
  let server: Server;
  let pool: pg.Pool;
  const url = () => `postgres://postgres@127.0.0.1:${server.port}/postgres`;
  beforeAll(async () => {
    server = await startPostgres({ patient: true });
    pool = new pg.Pool({ connectionString: url() });
  });
  afterAll(async () => {
    await pool.end();
    await server.stop();
  });
  const rows = async (text: string, ...values: string[]) =>
    (await pool.query<Record<string, unknown>>(text, values)).rows;

  describe("pg-boss", () => {
    let boss: PgBoss;
    const own = () => ({ connectionString: url(), supervise: false, schedule: false });
    beforeAll(async () => {
      boss = new PgBoss({ ...own(), monitorIntervalSeconds: 1 });
      boss.on("error", () => {});
      await boss.start();
    });
    afterAll(() => boss.stop());
    const last = async (queue: string) =>
      (
        await rows(
          "select state::text, data, output from pgboss.job where name = $1 order by created_on desc limit 1",
          queue,
        )
      )[0];

    it("between an exit and a launch: the next worker goes on from the job's state", async () => {
      await boss.createQueue("between", { retryLimit: 0 });
      await boss.send("between", { what: 1 });
      const first = startWorker("pg-boss.ts", url(), "between", "added");
      await first.said("added");
      await first.kill();
      expect(first.count("began")).toBe(1);
      const second = startWorker("pg-boss.ts", url(), "between");
      await expect.poll(() => last("between"), POLLED).toMatchObject({ state: "failed" });
      await second.kill();
      expect(second.count("began")).toBe(2);
      expect(await last("between")).toMatchObject({
        data: { what: 1, steadfast: { state: { restarts: 2 } } },
        output: { message: "lost" },
      });
    });

    it("in an attempt: pg-boss hands it out again, which is an exit of its own", async () => {
      await boss.createQueue("within", { retryLimit: 1, retryDelay: 0, expireInSeconds: 1 });
      await boss.send("within", { what: 1 });
      const first = startWorker("pg-boss.ts", url(), "within", "began");
      await first.said("began");
      await first.kill();
      const isDue = async () => {
        await boss.supervise("within");
        return (await last("within"))?.state;
      };
      await expect.poll(isDue, POLLED).toBe("retry");
      const second = startWorker("pg-boss.ts", url(), "within");
      await expect.poll(() => last("within"), POLLED).toMatchObject({ state: "failed" });
      await second.kill();
      // One launch by pg-boss after the loss, and one by the policy.
      expect(second.count("began")).toBe(2);
      expect(await last("within")).toMatchObject({
        data: { steadfast: { state: { restarts: 2 } } },
      });
    });
  });

  describe("graphile-worker", () => {
    const jobs =
      "select attempts, max_attempts, payload, last_error, locked_by from graphile_worker._private_jobs";
    const job = async (id: string) => (await rows(`${jobs} where id = $1`, id))[0];

    /** The last job of a task, once it has failed for good. */
    async function ended(name: string) {
      const query = `${jobs} join graphile_worker._private_tasks tasks on tasks.id = task_id
        where tasks.identifier = $1 and attempts = max_attempts and last_error is not null`;
      await expect.poll(() => rows(query, name), POLLED).toHaveLength(1);
      return (await rows(query, name))[0];
    }

    it("between an exit and a launch: the next worker goes on from the payload's state", async () => {
      const utils = await makeWorkerUtils({ connectionString: url() });
      await utils.migrate();
      const { id } = await utils.addJob("between", { what: 1 }, { maxAttempts: 1 });
      const first = startWorker("graphile-worker.ts", url(), "between", "added");
      await first.said("added");
      await first.kill();
      const second = startWorker("graphile-worker.ts", url(), "between");
      const { payload, last_error } = (await ended("between")) ?? {};
      await second.kill();
      expect([first.count("began"), second.count("began")]).toEqual([1, 2]);
      expect(payload).toEqual({ what: 1, steadfast: { state: { restarts: 2 } } });
      expect(last_error).toMatch(/^lost/);
      // The job of the worker that died stays its own until somebody unlocks it.
      expect((await job(id))?.locked_by).not.toBeNull();
      await utils.release();
    });

    it("in an attempt: the job is handed out again once it is unlocked, which is an exit of its own", async () => {
      const utils = await makeWorkerUtils({ connectionString: url() });
      const { id } = await utils.addJob("within", { what: 1 }, { maxAttempts: 2 });
      const first = startWorker("graphile-worker.ts", url(), "within", "began");
      await first.said("began");
      await first.kill();
      await utils.forceUnlockWorkers([String((await job(id))?.locked_by)]);
      const second = startWorker("graphile-worker.ts", url(), "within");
      const { payload } = (await ended("within")) ?? {};
      await second.kill();
      expect(second.count("began")).toBe(2);
      expect(payload).toMatchObject({ what: 1, steadfast: { state: { restarts: 2 } } });
      await utils.release();
    });
  });
});
