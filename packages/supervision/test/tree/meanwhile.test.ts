// What one child does in a step may concern another that was looked at in the same step before.

import { launch, type RestartPolicy, refuse, restartPolicy } from "@steadfast/policy";
import { expect, it } from "vitest";
import { delay } from "./policies.js";
import { TreeWorld } from "./world.js";

const once: RestartPolicy = restartPolicy<number>({
  name: "once",
  initial: () => 0,
  launch: (used, { cause }) => {
    if (cause === "start") return [used, launch()];
    return used < 1 ? [used + 1, launch()] : [used, refuse("full", 5_000)];
  },
  healthy: () => 0,
  parse: (raw) => raw as number,
});
const deaf = { stopMs: null, mortal: false };
/** Ill at 80, it is given up at 100. */
const givenUp = { gracePeriodMs: 10, abandonAfterMs: 10, healthyAfterMs: 9_000 };

it("one that was refused for a time asks again when another is healthy at that instant", () => {
  const children = [
    { id: "a", ...givenUp },
    { id: "b", healthyAfterMs: 100 },
    { id: "c", healthyAfterMs: 9_000 },
  ];
  const world = new TreeWorld({ budget: once, children }, { a: deaf }).begin();
  world.crash(10, "c").at(80, { type: "unhealthy", reason: "ill" }, "a").run(200);
  expect(world.told.filter((one) => /(refused|launch) a/.test(one))).toEqual([
    "0 launch a",
    "100 refused a",
    "100 launch a",
  ]);
});

it("one that is gone for good at an instant keeps nobody from what is due then", () => {
  const children = [
    { id: "t", ...givenUp, restart: "temporary" },
    { id: "b", policy: delay(50) },
  ] as const;
  const world = new TreeWorld({ children }, { t: deaf }).begin();
  world.crash(50, "b").at(80, { type: "unhealthy", reason: "ill" }, "t").run(200);
  expect(world.told).toContain("100 removed t");
  expect(world.line).toBe("0 +t 0 +b 50 b! 100 +b");
});
