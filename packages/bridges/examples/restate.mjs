// One budget for many machines in a virtual object of Restate: two supervisors, as on two hosts, share three launches in a minute.
//   npm install @restatedev/restate-sdk
//   RESTATE_URL=http://127.0.0.1:8080 RESTATE_ADMIN_URL=http://127.0.0.1:9070 node restate.mjs
//
// It prints:
//   refused, window-full
//   refused, window-full
//   3 launches together

import * as restate from "@restatedev/restate-sdk";
import { policyObject, restatePolicy } from "@steadfast/bridges/restate";
import { giveUp } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { slidingWindow } from "@steadfast/sliding-window";
import { supervise } from "@steadfast/supervisor";

// On one machine: the object, and Restate gets the address of it.
const policy = giveUp(slidingWindow({ limit: 3, windowMs: 60_000 }));
const services = [policyObject(restate, "launches", policy)];
const port = Number(process.env.PORT ?? 9080);
await restate.serve({ services, port, logger: () => {} });
const registered = await fetch(`${process.env.RESTATE_ADMIN_URL}/deployments`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ uri: `http://127.0.0.1:${port}`, force: true }),
});
if (!registered.ok) throw new Error(await registered.text());

// On each of the others: a child under the shared budget.
let launches = 0;
const importer = taskLauncher(async () => {
  launches += 1;
  throw new Error("no connection");
});
const hosts = ["a", "b"].map((id) =>
  supervise(importer, {
    id,
    policy: restatePolicy(process.env.RESTATE_URL, "launches", "imports"),
  }),
);
for (const { outcome } of hosts) {
  const { type, reason } = await outcome;
  console.log(`${type}, ${reason}`);
}
console.log(`${launches} launches together`);
process.exit(); // the endpoint would stay
