// A task that fails twice, is started again at once, and then returns its result.
//   node examples/keep-running.mjs

import { restartOn } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { supervise } from "@steadfast/supervisor";
import { logEvents } from "@steadfast/supervisor/console";
import { exitCode } from "@steadfast/supervisor/node";

const prices = taskLauncher(async ({ attempt, ready }) => {
  if (attempt < 3) throw new Error(`attempt ${attempt}: no connection`);
  ready();
  return { apples: 3 };
});

const handle = supervise(prices, {
  policy: restartOn("transient"),
  onEvent: logEvents(), // on standard error
});
const outcome = await handle.outcome;
console.log(outcome.type, outcome.attempts, outcome.value);
process.exitCode = exitCode(outcome);
