// One budget for all children of a tree: what one has used another has not, and who is forgiven, forgives all.

import {
  launch,
  type RestartEvent,
  type RestartPolicy,
  refuse,
  restartPolicy,
} from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { TreeWorld } from "./world.js";

/** One restart; the next "not yet", until somebody is healthy or all is reset. */
const one: RestartPolicy = restartPolicy<number>({
  name: "one",
  initial: () => 0,
  launch: (used, { cause }) => {
    if (cause === "start") return [used, launch()];
    return used < 1 ? [used + 1, launch()] : [used, refuse("full", 5_000)];
  },
  healthy: () => 0,
  reset: () => 0,
  parse: (raw) => raw as number,
});

const children = [
  { id: "a", healthyAfterMs: 50 },
  { id: "b", healthyAfterMs: 10_000 },
];

describe("a budget of one restart", () => {
  const spent = () => {
    const world = new TreeWorld({ budget: one, children }).begin().run(100);
    world.crash(100, "a").crash(110, "b").run(120);
    expect(world.line).toBe("0 +a 0 +b 100 a! 100 +a 110 b!");
    return world;
  };

  it("is forgiven when one child is healthy: another that was refused for a time asks again", () => {
    expect(spent().run(149).line).not.toContain("+b 150");
    expect(spent().run(150).line).toBe("0 +a 0 +b 100 a! 100 +a 110 b! 150 +b");
  });

  it("is asked again by nobody but those who wait for it: the pages count them", () => {
    expect(spent().state.pages?.asks).toBe(1);
    expect(spent().run(150).state.pages?.asks).toBe(0);
  });

  it("is forgiven by a reset of the tree, and of no child", () => {
    const world = spent();
    world.give({ type: "reset" }, ["a"]);
    world.run(120);
    expect(world.line).toBe("0 +a 0 +b 100 a! 100 +a 110 b!");
    world.give({ type: "reset" });
    expect(world.run(120).line).toBe("0 +a 0 +b 100 a! 100 +a 110 b! 120 +b");
  });

  it("that breaks its contract at a reset is nobody's fault in particular: the tree ends", () => {
    const step = (state: number, event: RestartEvent, now: number) => {
      if (event.type === "reset") throw new Error("bug");
      return one.step(state, event, now);
    };
    const world = new TreeWorld({ budget: { ...one, step } as RestartPolicy, children }).begin();
    world.give({ type: "reset" });
    world.run(10);
    expect(world.outcome).toEqual({ type: "failed", path: null });
    expect(world.line).toBe("0 +a 0 +b 0 fault bug 0 -b 0 -a 0 failed");
  });
});
