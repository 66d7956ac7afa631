// A worker of graphile-worker in a process of its own: for tests that kill it.
//   node graphile-worker.ts URL TASK [added | began]
// It says when it has come so far, and goes no further.

import { taskUnder } from "@steadfast/bridges/graphile-worker";
import { isFailure, lifetimeCap } from "@steadfast/policy";
import { Logger, run, type Task } from "graphile-worker";

const [connectionString = "", name = "", until] = process.argv.slice(2);

async function comeSoFar(where: string): Promise<void> {
  process.send?.({ [where]: true });
  if (where === until) await new Promise(() => {});
}
const policy = { policy: lifetimeCap({ restarts: 2 }), isFailure };
const task = taskUnder(policy, async () => {
  await comeSoFar("began");
  throw new Error("lost");
});
const slow: Task = (payload, helpers) => {
  const addJob: typeof helpers.addJob = async (identifier, data, spec) => {
    const job = await helpers.addJob(identifier, data, spec);
    await comeSoFar("added");
    return job;
  };
  return task(payload, { ...helpers, addJob } as never);
};
await run({
  connectionString,
  noHandleSignals: true,
  pollInterval: 100,
  logger: new Logger(() => () => {}),
  taskList: { [name]: slow },
});
