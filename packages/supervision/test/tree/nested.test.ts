// A tree inside a tree: its `up` is ready, how it settles is how it exits, each start is a fresh one, and
// its effects are those that it would have alone, with a longer path.

import { describe, expect, it } from "vitest";
import { type ChildSpec, supervisionTree, type TreeOptions } from "../../src/tree.js";
import { atMost, delay, startAfter } from "./policies.js";
import { COMPLETED, explicit as child, TreeWorld } from "./world.js";

const inner = (options: TreeOptions) => supervisionTree(options);
const pair = inner({ strategy: "one-for-all", children: [child("a"), child("b")] });

describe("a nested tree", () => {
  it("is up when its children are, and the next child is started then", () => {
    const children = [{ id: "in", tree: pair }, child("z")];
    const world = new TreeWorld({ children }, { "in/b": { startMs: 30 } }).begin().run(100);
    expect(world.line).toBe("0 +in/a 30 +in/b 30 +z");
    expect(world.told.filter((one) => one.endsWith(" in"))).toEqual([
      "0 launched in",
      "30 report in",
      "30 up in",
    ]);
  });

  it("begins when its own first launch has waited", () => {
    const children = [{ id: "in", tree: pair, policy: startAfter(50) }];
    expect(new TreeWorld({ children }).begin().run(100).line).toBe("50 +in/a 50 +in/b");
  });

  it("restarts its children by itself: nobody outside notices", () => {
    const children = [{ id: "in", tree: pair }, child("z")];
    const world = new TreeWorld({ strategy: "one-for-all", children }).begin();
    world.crash(100, "in/b").run(200);
    expect(world.line).toBe("0 +in/a 0 +in/b 0 +z 100 in/b! 100 -in/a 100 +in/a 100 +in/b");
  });

  it("that gives up is a child that failed: it is restarted with a fresh budget", () => {
    const few = inner({ budget: atMost(1), children: [child("a"), child("b")] });
    const children = [{ id: "in", tree: few, policy: delay(250) }, child("z")];
    const world = new TreeWorld({ budget: atMost(1), children }).begin();
    for (const at of [10, 20, 300, 310]) world.crash(at, "in/a");
    world.run(1_000);
    expect(world.line).toBe(
      "0 +in/a 0 +in/b 0 +z 10 in/a! 10 +in/a 20 in/a! 20 -in/b 270 +in/a 270 +in/b " +
        "300 in/a! 300 +in/a 310 in/a! 310 -in/b 310 -z 310 refused",
    );
    expect(world.outcome).toMatchObject({ type: "refused", reason: "spent", path: ["in", "a"] });
  });

  it("in which somebody cannot be started is one that cannot be started, with the way to it", () => {
    const deep = inner({ children: [{ id: "in", tree: inner({ children: [child("a")] }) }] });
    const children = [{ id: "out", tree: deep }];
    const starts = { 1: { kind: "spawn-failed", error: "no" } } as const;
    const world = new TreeWorld({ children }, { "out/in/a": { starts } }).begin();
    expect(world.outcome).toEqual({ type: "start-failed", path: ["out", "in", "a"] });
    const [exit] = world.effects.filter((one) => one.type === "exited" && one.path.length === 1);
    expect(exit).toMatchObject({ exit: { kind: "spawn-failed" } });
    expect((exit as { exit: { error: Error } }).exit.error.message).toBe(
      "in/a: could not be started",
    );
  });

  it("in which somebody broke a contract is a child that failed, with the way to it", () => {
    const bug = (): never => {
      throw new Error("bug");
    };
    const broken = inner({ children: [child("a", { isFailure: bug }), child("b")] });
    const children = [{ id: "in", tree: broken, policy: delay(50) }];
    const world = new TreeWorld({ children }).begin();
    world.crash(10, "in/a").run(100);
    expect(world.line).toBe("0 +in/a 0 +in/b 10 in/a! 10 fault bug 10 -in/b 60 +in/a 60 +in/b");
    const exits = world.effects.filter((one) => one.type === "exited" && one.path.length === 1);
    expect(exits).toMatchObject([{ failed: true, exit: { kind: "failed" } }]);
    expect((exits[0] as { exit: { error: Error } }).exit.error.message).toBe("a: broke a contract");
  });

  it.each(["one-for-one", "rest-for-one"] as const)(
    "that is over as soon as it begins is started again by the next tick: every step ends (%s)",
    (strategy) => {
      const never = inner({ children: [child("x", { deadlineMs: 0 })] });
      const late = { id: "late", after: ["in"], startTimeoutMs: 500 };
      for (const [after, ...more] of [[{}], [{ after: [] }], [{ after: [] }, late]] as const) {
        const children = [{ id: "in", tree: never, policy: atMost(2), ...after }, ...more];
        const world = new TreeWorld({ strategy, startFailure: "restart", children });
        const launches = () => world.told.filter((line) => line.endsWith("launched in")).length;
        const given = { draw: 0.5, wall: 0 };
        world.give({ type: "begin", ...given });
        expect(launches()).toBe(1);
        for (const count of [2, 3]) {
          expect(world.tree.deadline(world.state)).toBe(0);
          world.give({ type: "tick", ...given });
          expect(launches()).toBe(count);
        }
        expect(world.outcome).toMatchObject({ type: "refused", reason: "spent" });
      }
    },
  );

  it("that cannot be started is a start failure", () => {
    const children = [child("z"), { id: "in", tree: pair }];
    const starts = { 1: { kind: "spawn-failed", error: "no" } } as const;
    const world = new TreeWorld({ children }, { "in/b": { starts } }).begin().run(100);
    expect(world.outcome).toEqual({ type: "start-failed", path: ["in", "b"] });
    expect(world.line).toBe("0 +z 0 +in/a 0 -in/b 0 -in/a 0 -z 0 start-failed");
  });

  it("that completes is a child that completes", () => {
    const done = inner({
      autoShutdown: "any-significant",
      children: [child("job", { restart: "transient", significant: true })],
    });
    const outer: TreeOptions = {
      autoShutdown: "all-significant",
      children: [{ id: "in", tree: done, restart: "transient", significant: true }],
    };
    const world = new TreeWorld(outer).begin();
    world.crash(50, "in/job", COMPLETED).run(100);
    expect(world.outcome).toEqual({ type: "completed", path: ["in"] });
  });

  it("is stopped in order, and takes as long as its children", () => {
    const children = [{ id: "in", tree: pair }, child("z")];
    const world = new TreeWorld(
      { children },
      { "in/a": { stopMs: 4_000 }, "in/b": { stopMs: 4_000 } },
    );
    world.begin().at(100, { type: "stop", by: "stop" }).run(20_000);
    expect(world.line).toBe("0 +in/a 0 +in/b 0 +z 100 -z 4100 -in/b 8100 -in/a 8100 stopped");
  });

  it("is killed with all that is in it", () => {
    const children = [{ id: "in", tree: pair }, child("z")];
    const world = new TreeWorld({ children }, { "in/a": { stopMs: null }, z: { stopMs: null } });
    world.begin().at(100, { type: "kill", by: "abort" }).run(1_000);
    expect(world.line).toBe("0 +in/a 0 +in/b 0 +z 100 -in/a 100 -in/b 100 -z 100 stopped");
  });

  it("that ends at the very instant at which it is given up is told as given up, once", () => {
    const tree = inner({ children: [child("a", { gracePeriodMs: 0, abandonAfterMs: 10 })] });
    const times = { gracePeriodMs: 5, abandonAfterMs: 5 };
    const children: ChildSpec[] = [{ id: "in", tree, restart: "temporary", ...times }];
    const deaf = { stopMs: null, mortal: false };
    const world = new TreeWorld({ children }, { "in/a": deaf }).begin();
    world.at(100, { type: "stop", by: "stop" }, "in").run(999);
    expect(world.told.slice(-5)).toEqual([
      "110 abandon in/a",
      "110 exited in/a",
      "110 abandon in",
      "110 exited in",
      "110 removed in",
    ]);
  });

  it("speaks for itself: nobody else can report its exit", () => {
    const world = new TreeWorld({ children: [{ id: "in", tree: pair }] }).begin();
    const { state } = world;
    expect(world.give({ type: "exited", generation: 0, exit: COMPLETED }, ["in"])).toEqual([]);
    expect(world.state).toBe(state);
  });

  it("takes orders by path, for its children and for itself", () => {
    const world = new TreeWorld({ children: [{ id: "in", tree: pair }] }).begin();
    world
      .at(10, { type: "terminate-child", id: "a", ref: 1 }, "in")
      .at(20, { type: "restart", requester: "me", reason: "why" }, "in", "b")
      .at(30, { type: "start-child", id: "c", kind: "nothing", ref: 2 }, "in")
      .at(40, { type: "restart", requester: "me", reason: "why" }, "in")
      .at(50, { type: "terminate-child", id: "a", ref: 3 }, "no", "where")
      .run(100);
    expect(world.line).toBe(
      "0 +in/a 0 +in/b 10 -in/a 20 -in/b 20 +in/b 40 -in/b 40 +in/a 40 +in/b",
    );
    expect(Object.fromEntries(world.answers)).toEqual({
      1: "ok",
      2: "unknown-kind",
      3: "not-found",
    });
    expect(world.told.filter((one) => one.includes("answer"))).toEqual([
      "10 answered in",
      "20 answer in/b",
      "30 answered in",
      "40 answer in",
      "50 answered no/where",
    ]);
  });

  it("has the effects that it would have alone, with a longer path", () => {
    const options: TreeOptions = {
      strategy: "rest-for-one",
      children: [child("a", { policy: delay(30) }), child("b"), child("c", { policy: delay(5) })],
    };
    const alone = new TreeWorld(options, { b: { stopMs: 7 } }).begin();
    alone.crash(10, "c").crash(12, "a").run(500);
    const nested = new TreeWorld(
      { children: [{ id: "in", tree: inner(options) }] },
      {
        "in/b": { stopMs: 7 },
      },
    ).begin();
    nested.crash(10, "in/c").crash(12, "in/a").run(500);
    const inside = nested.told.filter((one) => one.includes(" in/"));
    expect(inside.map((one) => one.replace("in/", ""))).toEqual(
      alone.told.filter((one) => one !== "0 up"),
    );
  });
});
