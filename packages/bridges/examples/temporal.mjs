// An activity of Temporal whose next attempt is a policy's decision, with the state in the heartbeat details. Here the SDK's own
// environment for tests is in the place of a server: it runs an attempt, and what an attempt told is handed to the next.
//   npm install @temporalio/activity @temporalio/common @temporalio/testing && node temporal.mjs
//
// It prints:
//   attempt 1 failed: no connection, next in 1000 ms
//   attempt 2 failed: no connection, next in 2000 ms
//   attempt 3 failed: no connection, never again

import { backoff } from "@steadfast/backoff";
import { activityUnder } from "@steadfast/bridges/temporal";
import { inTurn, lifetimeCap } from "@steadfast/policy";
import * as temporal from "@temporalio/activity";
import { MockActivityEnvironment } from "@temporalio/testing";

const policy = inTurn(
  backoff({ initialMs: 1_000, capMs: 60_000, jitter: "none" }),
  lifetimeCap({ restarts: 2 }),
);
const charge = activityUnder(temporal, policy, async () => {
  throw new Error("no connection");
});

const logger = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
let heartbeatDetails;
for (const attempt of [1, 2, 3]) {
  const environment = new MockActivityEnvironment({ attempt, heartbeatDetails }, { logger });
  environment.on("heartbeat", (details) => {
    heartbeatDetails = details;
  });
  const failure = await environment.run(charge).catch((error) => error);
  const next = failure.nonRetryable ? "never again" : `next in ${failure.nextRetryDelay} ms`;
  console.log(`attempt ${attempt} failed: ${failure.message}, ${next}`);
}
