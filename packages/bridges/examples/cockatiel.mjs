// A policy of ours as the backoff of cockatiel: at most three calls in a minute, and the rest of what cockatiel can around it.
//   npm install cockatiel && node cockatiel.mjs
//
// It prints:
//   call 1
//   call 2
//   call 3
//   3 apples

import { backoff } from "@steadfast/backoff";
import { backoffBy } from "@steadfast/bridges/cockatiel";
import { inTurn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { handleAll, retry, TimeoutStrategy, timeout, wrap } from "cockatiel";

const policy = inTurn(
  backoff({ initialMs: 10, capMs: 1_000 }),
  slidingWindow({ limit: 3, windowMs: 60_000 }),
);
const patient = wrap(
  retry(handleAll, { backoff: backoffBy(policy) }),
  timeout(10_000, TimeoutStrategy.Cooperative),
);

let calls = 0;
async function price() {
  calls += 1;
  console.log(`call ${calls}`);
  if (calls < 3) throw new Error("no connection");
  return "3 apples";
}

console.log(await patient.execute(price));
