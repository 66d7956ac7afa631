// An effect that is tried again by a policy of ours, as a Schedule.
//   npm install effect && node effect.mjs
//
// It prints:
//   attempt 1
//   attempt 2
//   attempt 3
//   given up: no connection

import { backoff } from "@steadfast/backoff";
import { scheduleBy } from "@steadfast/bridges/effect";
import { inTurn, lifetimeCap } from "@steadfast/policy";
import { Cause, Duration, Effect, Schedule } from "effect";

const policy = inTurn(backoff({ initialMs: 10, capMs: 1_000 }), lifetimeCap({ restarts: 2 }));
const schedule = scheduleBy({ Cause, Duration, Effect, Schedule }, policy);

let attempts = 0;
const price = Effect.suspend(() => {
  attempts += 1;
  console.log(`attempt ${attempts}`);
  return Effect.fail("no connection");
});

console.log("given up:", await Effect.runPromise(Effect.flip(Effect.retry(price, schedule))));
