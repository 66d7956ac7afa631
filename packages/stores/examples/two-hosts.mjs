// Two hosts, one budget: whichever restarts first uses it up for both.
// Run by: node two-hosts.mjs

import { allOf, restartOn } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { slidingWindow } from "@steadfast/sliding-window";
import { sharedPolicy } from "@steadfast/stores";
import { memoryStore } from "@steadfast/stores/memory";
import { supervise } from "@steadfast/supervisor";

const store = memoryStore();
const policy = allOf(restartOn("transient"), slidingWindow({ limit: 5, windowMs: 60_000 }));

const hosts = ["east", "west"].map((id) => {
  const launcher = taskLauncher(() => Promise.reject(new Error("no database")));
  return supervise(launcher, {
    id,
    policy: sharedPolicy(policy, store, "import"),
    onNotYet: "end",
  });
});

const outcomes = await Promise.all(hosts.map(({ outcome }) => outcome));
const attempts = outcomes.reduce((sum, outcome) => sum + outcome.attempts, 0);
console.log(`attempts of both hosts together: ${attempts}`);
