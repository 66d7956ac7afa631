// The rules of other systems, asked by hand: nothing of any host is needed.

import { cell } from "@steadfast/policy";
import { epicsSupervise, kubernetes, pm2 } from "@steadfast/presets";
import { same } from "./same.js";

const failed = { kind: "failed", code: 1 } as const;

/** What becomes of a child that crashes at once, as long as it is launched again. */
function crashLoop({ policy }: ReturnType<typeof kubernetes>, lives: number): unknown[] {
  let now = 0;
  const child = cell(policy, { clock: () => now, random: () => 0 });
  child.send({ type: "launch", cause: "start" });
  const answers: unknown[] = [];
  for (let life = 0; life < lives; life++) {
    child.send({ type: "exited", exit: failed, failed: true, uptimeMs: 0 });
    const answer = child.send({ type: "launch", cause: "restart" });
    answers.push(answer.type === "launch" ? answer.delayMs : answer.type);
    if (answer.type === "launch") now += answer.delayMs;
  }
  return answers;
}

export async function main(): Promise<void> {
  same(crashLoop(kubernetes(), 4), [0, 10_000, 20_000, 40_000]);
  same(crashLoop(epicsSupervise({ maxRestarts: 2 }), 2), [10_000, "refuse"]);
  same(crashLoop(pm2({ maxRestarts: 2 }), 2), [0, "refuse"]);
  same(epicsSupervise().isFailure(failed), true);
}
