// A worker of BullMQ in a process of its own, which says what becomes of each attempt: for tests that kill it.
//   node bullmq.ts PORT QUEUE [stalls | once]

import { backoffStrategy } from "@steadfast/bridges/bullmq";
import { isFailure, lifetimeCap } from "@steadfast/policy";
import { Worker } from "bullmq";

const [port, queue = "", way] = process.argv.slice(2);
const policy = lifetimeCap({ restarts: 2 });

const worker = new Worker(
  queue,
  async (job) => {
    process.send?.({ began: job.attemptsStarted });
    // The first attempt of such a job never ends: it is killed in it.
    if (way === "stalls" && job.attemptsStarted === 1) await new Promise(() => {});
    // One that is to be killed between two attempts takes no second one meanwhile.
    if (way === "once") await worker.pause(true);
    throw new Error("lost");
  },
  {
    connection: { host: "127.0.0.1", port: Number(port), maxRetriesPerRequest: null },
    lockDuration: 300,
    stalledInterval: 200,
    settings: { backoffStrategy: backoffStrategy({ policy, isFailure }) },
  },
);
worker.on("failed", (job) => process.send?.({ failed: job?.attemptsMade }));
worker.on("error", () => {});
