// A task that fails twice, is started again at once, and then returns its result.
//   node examples/keep-running.mjs

import { restartOn } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { supervise } from "@steadfast/supervisor";

const prices = taskLauncher(async ({ attempt, ready }) => {
  if (attempt < 3) throw new Error(`attempt ${attempt}: no connection`);
  ready();
  return { apples: 3 };
});

const handle = supervise(prices, {
  policy: restartOn("transient"),
  onEvent: (event) => {
    if (event.type === "exited") console.log(`${event.exit.kind}, failed: ${event.failed}`);
  },
});
const outcome = await handle.outcome;
console.log(outcome.type, outcome.attempts, outcome.value);
