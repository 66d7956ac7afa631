// A job of graphile-worker whose next attempt is a policy's decision, on PostgreSQL; and a limit for a pool that dies again and again.
//   npm install graphile-worker && DATABASE_URL=postgres://127.0.0.1/app node graphile-worker.mjs
//
// It prints:
//   attempt 1 for ann
//   attempt 2 for ann
//   attempt 3 for ann
//   sent

import { backoff } from "@steadfast/backoff";
import { exitLimit, taskUnder } from "@steadfast/bridges/graphile-worker";
import { inTurn, lifetimeCap } from "@steadfast/policy";
import { Logger, run } from "graphile-worker";

const policy = inTurn(backoff({ initialMs: 50, capMs: 60_000 }), lifetimeCap({ restarts: 2 }));

let attempts = 0;
let done;
const sent = new Promise((resolve) => {
  done = resolve;
});
const welcome = taskUnder(policy, async ({ to }) => {
  attempts += 1;
  console.log("attempt", attempts, "for", to);
  if (attempts < 3) throw new Error("no connection");
  done();
});

const runner = await run({
  connectionString: process.env.DATABASE_URL,
  logger: new Logger(() => () => {}),
  pollInterval: 200,
  preset: { plugins: [exitLimit(lifetimeCap({ restarts: 9 }))] },
  taskList: { welcome },
});
await runner.addJob("welcome", { to: "ann" });
await sent;
console.log("sent");

await runner.stop();
