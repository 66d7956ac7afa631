// Trees of tasks, processes and threads side by side, nested once, with children that come and go.

import { slidingWindow } from "@steadfast/sliding-window";
import {
  superviseTree,
  type TreeAnswer,
  type TreeHandle,
  type TreeSpec,
} from "@steadfast/supervisor/tree";
import { ownSignal } from "../ended.ts";
import type { Life, World } from "../world.ts";
import { randomProcess } from "./processes.ts";
import { randomTask } from "./tasks.ts";
import { randomThread } from "./threads.ts";

function specOf(world: World): TreeSpec {
  const { chance } = world;
  const common = () => ({
    policy: world.policy(),
    gracePeriodMs: chance.whole(0, 150),
    abandonAfterMs: 1_500,
    healthyAfterMs: chance.whole(20, 500),
    restart: chance.pick(["permanent", "transient"] as const),
  });
  const budget = () => slidingWindow({ limit: chance.whole(5, 60), windowMs: 1_000 });
  return {
    strategy: chance.pick(["one-for-one", "rest-for-one", "one-for-all"]),
    budget: budget(),
    startFailure: chance.pick(["end", "restart"]),
    children: [
      { ...common(), id: "first", launcher: randomTask(world) },
      { ...common(), id: "process", launcher: randomProcess(world) },
      ...(chance.happens(0.5) ? [{ ...common(), id: "thread", launcher: randomThread() }] : []),
      {
        id: "below",
        tree: {
          strategy: chance.pick(["one-for-one", "one-for-all"]),
          budget: budget(),
          children: [{ ...common(), id: "leaf", launcher: randomTask(world) }],
          kinds: { more: { ...common(), launcher: () => randomTask(world) } },
        },
      },
    ],
  };
}

const ORDERS: Readonly<Record<string, (tree: TreeHandle, n: number) => Promise<TreeAnswer>>> = {
  start: (tree, n) => tree.startChild({ id: `more-${n}`, kind: "more", at: "below" }),
  terminate: (tree, n) => tree.terminateChild(["below", `more-${n}`]),
  delete: (tree, n) => tree.deleteChild(["below", `more-${n}`]),
  restart: (tree) => tree.restartChild("first"),
  roll: (tree) => tree.roll("below"),
};

export const trees: Life = async (world) => {
  const { chance } = world;
  const { signal, abort } = ownSignal();
  const both = AbortSignal.any([signal, world.controller.signal]);
  const tree = superviseTree(specOf(world), { id: "tree", signal: both, onEvent: world.onEvent });
  void tree.up.then((up) => world.count(`tree: ${up ? "up" : "not up"}`));
  for (let orders = chance.whole(0, 8); orders > 0; orders--) {
    await world.pause(5, 200);
    const name = chance.pick(Object.keys(ORDERS));
    world.count(`tree order: ${name}`);
    void ORDERS[name]?.(tree, chance.whole(1, 4));
  }
  await Promise.race([tree.outcome, world.span()]);
  const end = chance.pick(["stop", "kill", "abort"]);
  if (end === "abort") abort();
  else if (end === "stop") void tree.stop();
  else void tree.kill();
  world.count(`outcome: tree, ${(await tree.outcome).type}`);
};
