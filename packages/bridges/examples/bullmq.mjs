// A job of BullMQ whose next attempt is a policy's decision. The state is in the job, so that it survives the worker.
//   npm install bullmq && REDIS_URL=redis://127.0.0.1:6379 node bullmq.mjs
//
// It prints:
//   attempt 1 for ann
//   attempt 2 for ann
//   attempt 3 for ann
//   failed: no connection

import { backoff } from "@steadfast/backoff";
import { backoffStrategy, underPolicy } from "@steadfast/bridges/bullmq";
import { inTurn, lifetimeCap } from "@steadfast/policy";
import { Queue, QueueEvents, Worker } from "bullmq";

const policy = inTurn(backoff({ initialMs: 50, capMs: 60_000 }), lifetimeCap({ restarts: 2 }));
const on = { connection: { url: process.env.REDIS_URL } };

const worker = new Worker(
  "welcome-mails",
  async ({ attemptsStarted, data }) => {
    console.log(`attempt ${attemptsStarted} for ${data.to}`);
    throw new Error("no connection");
  },
  { ...on, settings: { backoffStrategy: backoffStrategy(policy) } },
);

const queue = new Queue("welcome-mails", on);
const events = new QueueEvents("welcome-mails", on);
const job = await queue.add("welcome", { to: "ann" }, underPolicy);
await job.waitUntilFinished(events).catch(({ message }) => console.log(`failed: ${message}`));

await Promise.all([worker.close(), events.close(), queue.close()]);
