// A worker of pg-boss in a process of its own: for tests that kill it.
//   node pg-boss.ts URL QUEUE [added | began]
// It says when it has come so far, and goes no further.

import { handlerUnder, type PgBossLike } from "@steadfast/bridges/pg-boss";
import { isFailure, lifetimeCap } from "@steadfast/policy";
import { PgBoss } from "pg-boss";

const [connectionString = "", queue = "", until] = process.argv.slice(2);
const boss = new PgBoss({ connectionString, supervise: false, schedule: false });
boss.on("error", () => {});
await boss.start();

async function comeSoFar(where: string): Promise<void> {
  process.send?.({ [where]: true });
  if (where === until) await new Promise(() => {});
}
const slow: PgBossLike = {
  async send(name, data, options) {
    await boss.send(name, data, options);
    await comeSoFar("added");
  },
};
const policy = { policy: lifetimeCap({ restarts: 2 }), isFailure };
const handler = handlerUnder(slow, policy, async () => {
  await comeSoFar("began");
  throw new Error("lost");
});
await boss.work(queue, { includeMetadata: true, pollingIntervalSeconds: 0.5 }, handler);
