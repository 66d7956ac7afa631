// A job of pg-boss whose next attempt is a policy's decision, on PostgreSQL. A failed job is followed by a new one with the same
// data and the policy's state.
//   npm install pg-boss && DATABASE_URL=postgres://127.0.0.1/app node pg-boss.mjs
//
// It prints:
//   attempt 1 for ann
//   attempt 2 for ann
//   attempt 3 for ann
//   sent

import { backoff } from "@steadfast/backoff";
import { handlerUnder } from "@steadfast/bridges/pg-boss";
import { inTurn, lifetimeCap } from "@steadfast/policy";
import { PgBoss } from "pg-boss";

const policy = inTurn(backoff({ initialMs: 50, capMs: 60_000 }), lifetimeCap({ restarts: 2 }));
const boss = await new PgBoss(process.env.DATABASE_URL).start();
await boss.createQueue("welcome-mails", { retryLimit: 0 });

let attempts = 0;
await new Promise((resolve) => {
  const handler = handlerUnder(boss, policy, async ({ data }) => {
    attempts += 1;
    console.log(`attempt ${attempts} for ${data.to}`);
    if (attempts < 3) throw new Error("no connection");
    resolve();
  });
  const options = { includeMetadata: true, pollingIntervalSeconds: 0.5 };
  void boss.work("welcome-mails", options, handler);
  void boss.send("welcome-mails", { to: "ann" });
});
console.log("sent");

await boss.stop();
