// A policy of one's own, looked at before it is used.

import { diff, explain, lint, simulate } from "@steadfast/analysis";
import { launch, refuse, restartPolicy } from "@steadfast/policy";
import { same } from "./same.js";

const lives = (most: number) =>
  restartPolicy<number>({
    name: "lives",
    initial: () => 0,
    launch: (used) => (used < most ? [used + 1, launch()] : [used, refuse("over", null)]),
  });

export async function main(): Promise<void> {
  same(simulate(lives(3), { uptimeMs: 5 }).launches.length, 3);
  same(lint(lives(0))[0]?.code, "never-starts");
  same(diff(lives(2), lives(3)).lives.length, 2);
  const request = { type: "launch", cause: "start", draw: 0, wall: 0 } as const;
  same(explain(lives(3), 3, request, 0).decidedBy.name, "lives");
}
