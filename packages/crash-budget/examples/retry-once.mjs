// A child that always crashes after two seconds, and what the budget answers.
//   node examples/retry-once.mjs

import { crashBudget } from "@steadfast/crash-budget";
import { cell, exitOf } from "@steadfast/policy";

let now = 0;
const budget = cell(crashBudget({ retries: 1, windowMs: 30_000, retryDelayMs: 250 }), {
  clock: () => now,
  random: Math.random,
});

budget.send({ type: "launch", cause: "start" });
for (let run = 1; run <= 4; run++) {
  now += 2_000;
  let answer = budget.failed(exitOf(1, null), { uptimeMs: 2_000 });
  if (answer.type === "refuse") {
    console.log(`crashed at ${now}: ${answer.reason}, ask again in ${answer.retryAfterMs} ms`);
    now += answer.retryAfterMs;
    answer = budget.send({ type: "launch", cause: "restart" });
    console.log(`asked at ${now}: launched`);
  } else {
    console.log(`crashed at ${now}: retried after ${answer.delayMs} ms`);
  }
  now += answer.delayMs;
}
