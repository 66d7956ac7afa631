// Three rules of OTP's supervisor that only three or four of its recorded runs notice.

import { launch, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { atMost } from "./policies.js";
import { COMPLETED, CRASH, explicit as child, TreeWorld } from "./world.js";

describe("one that ends well before it is up has nothing to do", () => {
  const a = { starts: { 2: COMPLETED } };

  it("alone: it is not started again, and counts nowhere", () => {
    const children = [child("a"), child("b")];
    const world = new TreeWorld({ budget: atMost(2), children }, { a }).begin();
    world.crash(10, "a").crash(20, "b").run(99);
    expect(world.line).toBe("0 +a 0 +b 10 a! 10 -a 20 b! 20 +b");
    expect(world.tree.child(world.state, ["a"])?.done).toBe(true);
  });

  it("in a group: the plan goes on with the next", () => {
    const children = [child("a"), child("b")];
    const world = new TreeWorld({ strategy: "one-for-all", children }, { a }).begin();
    world.crash(10, "b").run(99);
    expect(world.line).toBe("0 +a 0 +b 10 b! 10 -a 10 -a 10 +b");
  });

  it("a temporary one is gone with that", () => {
    const children = [child("a", { restart: "temporary" }), child("b")];
    const world = new TreeWorld({ children }, { a: { starts: { 1: COMPLETED } } }).begin();
    expect(world.tree.children(world.state)).toEqual(["b"]);
    expect(world.told.at(-1)).toBe("0 up");
  });
});

describe("what ends while a plan is at work is looked at when it is over", () => {
  it("so it counts, and makes the next plan", () => {
    const children = [child("a"), child("b"), child("c")];
    const options = { strategy: "rest-for-one", budget: atMost(2), children } as const;
    const world = new TreeWorld(options, { c: { stopMs: 30 } }).begin();
    world.crash(10, "b").crash(20, "a").run(99);
    expect(world.line).toBe(
      "0 +a 0 +b 0 +c 10 b! 20 a! 40 -c 40 +b 40 +c 70 -c 70 -b 70 +a 70 +b 70 +c",
    );
  });

  it("unless the plan was going to stop it: then it does not count", () => {
    const children = [child("a"), child("b"), child("c")];
    const options = { strategy: "one-for-all", budget: atMost(1), children } as const;
    const world = new TreeWorld(options, { c: { stopMs: 30 } }).begin();
    world.crash(10, "b").crash(20, "a").run(99);
    expect(world.line).toBe("0 +a 0 +b 0 +c 10 b! 20 a! 40 -c 40 +a 40 +b 40 +c");
  });
});

describe("a delay that is over is work", () => {
  it("of two that are given up at one instant the second waits until the first is up", () => {
    const deaf = { startMs: 5, stopMs: null, mortal: false };
    const times = { gracePeriodMs: 10, abandonAfterMs: 10 };
    const told = new Set<string>();
    const watching = (id: string) =>
      restartPolicy({
        name: "watching",
        launch: (state) => [state, launch()],
        exited: (state, _, now) => {
          told.add(`${now} ${id}`);
          return state;
        },
      });
    const children = ["a", "b"].map((id) => child(id, { ...times, policy: watching(id) }));
    const world = new TreeWorld({ restarts: "one-by-one", children }, { a: deaf, b: deaf }).begin();
    world
      .at(100, { type: "unhealthy", reason: "ill" }, "a")
      .at(100, { type: "unhealthy", reason: "ill" }, "b")
      .run(999);
    const launches = world.told.filter((one) => / launch /.test(one));
    expect(launches).toEqual(["0 launch a", "5 launch b", "120 launch a", "125 launch b"]);
    // Until then its exit waits, too: the policy gets it when it is looked at.
    expect([...told]).toEqual(["120 a", "125 b"]);
  });
});

describe("the automatic shutdown", () => {
  it("waits for a significant child that was left out for a start that failed", () => {
    const job = { restart: "transient", significant: true, isFailure: () => false } as const;
    const options = {
      strategy: "one-for-all",
      autoShutdown: "all-significant",
      startFailure: "restart",
      children: [child("a", job), child("b", job)],
    } as const;
    const world = new TreeWorld(options, { a: { starts: { 1: CRASH } } }).begin().run(50);
    expect(world.line).toBe("0 -a 0 +b");
    expect(world.crash(60, "b").run(99).line).toBe("0 -a 0 +b 60 b! 60 completed");
  });
});
