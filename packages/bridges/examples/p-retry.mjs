// A call that p-retry tries again, under a policy of ours: when and how often is the policy's answer.
//   npm install p-retry && node p-retry.mjs
//
// It prints:
//   attempt 1
//   attempt 2
//   attempt 3
//   Error: no connection

import { backoff } from "@steadfast/backoff";
import { pRetryOptions } from "@steadfast/bridges/p-retry";
import { inTurn, lifetimeCap } from "@steadfast/policy";
import pRetry from "p-retry";

const policy = inTurn(backoff({ initialMs: 10, capMs: 1_000 }), lifetimeCap({ restarts: 2 }));

async function price(attempt) {
  console.log(`attempt ${attempt}`);
  throw new Error("no connection");
}

await pRetry(price, pRetryOptions(policy)).catch((error) => console.log(String(error)));
