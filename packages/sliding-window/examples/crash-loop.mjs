// A child that crashes after every second, under a limit of 3 launches in 10 seconds.
//   node examples/crash-loop.mjs

import { cell, exitOf } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";

let now = 0;
const budget = cell(slidingWindow({ limit: 3, windowMs: 10_000 }), {
  clock: () => now,
  random: Math.random,
});

/** Waits and asks again while a launch is refused. */
function launched(decision) {
  if (decision.type === "launch") return console.log(`launched at ${now} ms`);
  console.log(`refused at ${now} ms for ${decision.retryAfterMs} ms`);
  now += decision.retryAfterMs;
  return launched(budget.send({ type: "launch", cause: "restart" }));
}

launched(budget.send({ type: "launch", cause: "start" }));
for (let crash = 1; crash <= 5; crash++) {
  now += 1_000;
  launched(budget.failed(exitOf(1, null), { uptimeMs: 1_000 }));
}
