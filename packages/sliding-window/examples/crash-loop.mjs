// A child that crashes after every second, under a limit of 3 launches in 10 seconds.
//   node examples/crash-loop.mjs

import { cell } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";

let now = 0;
const budget = cell(slidingWindow({ limit: 3, windowMs: 10_000 }), {
  clock: () => now,
  random: Math.random,
});

/** Asks for a launch, and waits and asks again if it is refused. */
function launch(cause) {
  const decision = budget.send({ type: "launch", cause });
  if (decision.type === "launch") return console.log(`launched at ${now} ms`);
  console.log(`refused at ${now} ms for ${decision.retryAfterMs} ms`);
  now += decision.retryAfterMs;
  return launch(cause);
}

launch("start");
for (let crash = 1; crash <= 5; crash++) {
  now += 1_000;
  budget.send({ type: "exited", exit: { kind: "failed" }, failed: true, uptimeMs: 1_000 });
  launch("restart");
}
