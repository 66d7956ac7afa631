// Waits for 50 ms for a second attempt, and has nothing else to do.

import { launch, restartPolicy } from "@steadfast/policy";
import { retry } from "@steadfast/promise-tasks";

const policy = restartPolicy({
  name: "waits",
  launch: (state, { cause }) => [state, launch(cause === "start" ? 0 : 50)],
});
const task = async ({ attempt }) => {
  if (attempt === 2) return "the second";
  console.log("one call");
  throw new Error("boom");
};
void retry(task, { policy, unref: process.argv[2] === "unref" }).then(console.log);
