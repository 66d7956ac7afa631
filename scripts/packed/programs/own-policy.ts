// A policy of one's own, carried out by the supervisor.

import { launch, refuse, restartPolicy } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { supervise } from "@steadfast/supervisor";
import { same } from "./same.js";

interface Lives {
  readonly left: number;
}

const threeLives = restartPolicy<Lives>({
  name: "three-lives",
  initial: () => ({ left: 3 }),
  launch: ({ left }) =>
    left > 0 ? [{ left: left - 1 }, launch()] : [{ left }, refuse("over", null)],
});

export async function main(): Promise<void> {
  const game = taskLauncher(({ attempt }) => {
    throw new Error(`lost ${attempt}`);
  });
  const outcome = await supervise(game, { policy: threeLives }).outcome;
  same([outcome.type, outcome.attempts], ["refused", 3]);
  same(outcome.type === "refused" && outcome.reason, "over");
  const { lastExit } = outcome;
  same(
    lastExit?.kind === "failed" && lastExit.error instanceof Error && lastExit.error.message,
    "lost 3",
  );
}
