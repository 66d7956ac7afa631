// Orders about children wait for the end of a plan; those by path never do.

import { describe, expect, it } from "vitest";
import type { TreeHappening, TreeOptions } from "../../src/tree.js";
import { atMost, delay, notBefore, startAt } from "./policies.js";
import { CRASH, explicit as child, TreeWorld } from "./world.js";

const world = (options: TreeOptions, manners = {}) => new TreeWorld(options, manners).begin();
const restart: TreeHappening = { type: "restart", requester: "me", reason: "why" };

const answerOf = (tree: TreeWorld) =>
  tree.effects.flatMap((effect) => (effect.type === "answer" ? [effect.answer] : []));

describe("by path", () => {
  it("stop ends one child, which stays down; kill does not ask", () => {
    const tree = world({ children: [child("a"), child("b")] }, { a: { stopMs: 30 } });
    tree
      .at(10, { type: "stop", by: "stop" }, "a")
      .at(10, { type: "kill", by: "stop" }, "b")
      .run(99);
    expect(tree.line).toBe("0 +a 0 +b 10 -b 40 -a");
    expect(tree.told.slice(-4)).toEqual([
      "10 request-stop a",
      "10 kill b",
      "10 exited b",
      "40 exited a",
    ]);
  });

  it("a stop of one that is ending as a failure keeps it down, too", () => {
    const tree = world({ children: [child("a")] }, { a: { stopMs: 30 } });
    tree
      .at(10, { type: "unhealthy", reason: "ill" }, "a")
      .at(20, { type: "stop", by: "stop" }, "a");
    expect(tree.run(99).line).toBe("0 +a 40 -a");
  });

  it("a temporary child is gone with its stop", () => {
    const tree = world({ children: [child("a", { restart: "temporary" })] });
    tree.at(10, { type: "stop", by: "stop" }, "a").run(99);
    expect(tree.told.slice(-2)).toEqual(["10 exited a", "10 removed a"]);
    expect(tree.tree.children(tree.state)).toEqual([]);
  });

  it.each(["stop", "kill"] as const)("and at once with a %s while its start waits", (type) => {
    const options = { children: [child("a", { restart: "temporary", policy: startAt(1_000) })] };
    const tree = world(options).run(10);
    tree.give({ type, by: "stop" }, ["a"]);
    expect(tree.told).toContain("10 removed a");
    expect(tree.tree.children(tree.state)).toEqual([]);
  });

  it("restart is free of the policy, and alone", () => {
    const children = [child("a", { policy: atMost(0) }), child("b")];
    const tree = world({ strategy: "one-for-all", children });
    tree.at(10, restart, "a").run(99);
    expect(tree.line).toBe("0 +a 0 +b 10 -a 10 +a");
    expect(answerOf(tree)).toEqual(["queued-after-stop"]);
  });

  it("of one that is down already while the tree ends, it is blocked", () => {
    const tree = world({ children: [child("a"), child("b")] }, { a: { stopMs: 50 } });
    tree.at(10, { type: "stop", by: "stop" }).at(20, restart, "b").run(99);
    expect(answerOf(tree)).toEqual(["blocked-by-shutdown"]);
    expect(tree.line).toBe("0 +a 0 +b 10 -b 60 -a 60 stopped");
  });

  it("of one that a plan will start it is already-pending", () => {
    const tree = world({ strategy: "one-for-all", children: [child("a", { policy: delay(50) })] });
    tree.crash(10, "a").at(20, restart, "a").run(99);
    expect(tree.line).toBe("0 +a 10 a! 60 +a");
    expect(answerOf(tree)).toEqual(["already-pending"]);
  });

  it("of one that is being stopped for good, or of nobody, it is blocked", () => {
    const tree = world({ children: [child("a")] }, { a: { stopMs: 30 } });
    tree
      .at(10, { type: "stop", by: "stop" }, "a")
      .at(20, restart, "a")
      .at(20, restart, "no")
      .run(99);
    expect(tree.line).toBe("0 +a 40 -a");
    expect(answerOf(tree)).toEqual(["blocked-by-shutdown", "blocked-by-shutdown"]);
  });

  it("a paused child is left out of plans until it is resumed", () => {
    const tree = world({ strategy: "one-for-all", children: [child("a"), child("b")] });
    tree.at(10, { type: "pause" }, "a").crash(20, "b").at(30, { type: "resume" }, "a").run(99);
    expect(tree.line).toBe("0 +a 0 +b 10 -a 20 b! 20 +b 30 +a");
  });

  it("one that is resumed before it has ended for its pause is launched by the operator", () => {
    const tree = world({ children: [child("a")] }, { a: { stopMs: 30 } });
    tree.at(10, { type: "pause" }, "a").at(20, { type: "resume" }, "a").run(99);
    expect(tree.line).toBe("0 +a 40 -a 40 +a");
    const launches = tree.effects.filter(({ type }) => type === "launch");
    expect(launches).toMatchObject([{ cause: "start" }, { cause: "operator" }]);
  });

  it("one that is paused is not resumed while its tree ends", () => {
    const tree = world({ children: [child("a"), child("b")] }, { b: { stopMs: 30 } });
    tree.at(10, { type: "pause" }, "a").at(20, { type: "stop", by: "stop" });
    tree.at(30, { type: "resume" }, "a").run(99);
    expect(tree.line).toBe("0 +a 0 +b 10 -a 50 -b 50 stopped");
  });

  it("a pause of one that its group waits for opens the gate", () => {
    const children = [child("a"), child("b", { policy: delay(500) })];
    const tree = world({ strategy: "one-for-all", children });
    tree.crash(10, "b").at(20, { type: "pause" }, "b").run(99);
    expect(tree.line).toBe("0 +a 0 +b 10 b! 10 -a 20 +a");
  });

  it("recycle, unhealthy and signal answer as they do for one child", () => {
    const tree = world({ children: [child("a")] });
    tree
      .at(10, { type: "recycle", reason: "old" }, "a")
      .at(20, { type: "signal", signal: "S" }, "a");
    tree.at(30, { type: "signal", signal: "S" }, "no").run(99);
    expect(answerOf(tree)).toEqual([true, true, false]);
    expect(tree.line).toBe("0 +a 10 -a 10 +a");
  });
});

describe("a reset", () => {
  it("of the tree asks again what was refused for a time", () => {
    const until = atMost(1);
    const tree = world({
      budget: until,
      children: [child("a", { policy: notBefore(900) }), child("b")],
    });
    tree.crash(10, "a").at(20, { type: "reset" }).run(99);
    expect(tree.told.filter((one) => one.startsWith("20 "))).toEqual([
      "20 reset a",
      "20 reset b",
      "20 refused a",
    ]);
  });

  it("forgives the budget, too", () => {
    const children = [child("a"), child("b")];
    const tree = world({ budget: atMost(1), children });
    tree.crash(10, "a").at(20, { type: "reset" }).crash(30, "b").run(99);
    expect(tree.line).toBe("0 +a 0 +b 10 a! 10 +a 30 b! 30 +b");
  });
});

describe("about children", () => {
  it("wait for the end of a plan, in the order in which they came", () => {
    const tree = world(
      {
        strategy: "one-for-all",
        children: [child("a"), child("b")],
        kinds: { k: { readiness: "explicit" } },
      },
      { a: { stopMs: 30 } },
    );
    tree
      .crash(10, "b")
      .at(15, { type: "start-child", id: "x", kind: "k", ref: 1 })
      .at(16, { type: "terminate-child", id: "x", ref: 2 })
      .at(17, { type: "delete-child", id: "x", ref: 3 })
      .run(99);
    expect(tree.line).toBe("0 +a 0 +b 10 b! 40 -a 40 +a 40 +b 40 +x 40 -x");
    expect(Object.fromEntries(tree.answers)).toEqual({ 1: "ok", 2: "ok", 3: "ok" });
    expect(tree.told.slice(-2)).toEqual(["40 removed x", "40 answered"]);
  });

  it("a plan that only waits takes them in: started with it, or stopped at once", () => {
    const children = [child("a"), child("b", { policy: delay(500) })];
    const options: TreeOptions = {
      strategy: "rest-for-one",
      children,
      kinds: { k: { readiness: "explicit" } },
    };
    const tree = world(options);
    tree
      .crash(10, "b")
      .at(20, { type: "start-child", id: "x", kind: "k", ref: 1 })
      .at(30, { type: "terminate-child", id: "a", ref: 2 })
      .at(40, { type: "restart-child", id: "b", ref: 3 })
      .run(999);
    expect(tree.line).toBe("0 +a 0 +b 10 b! 30 -a 510 +b 510 +x");
    expect(Object.fromEntries(tree.answers)).toEqual({ 1: "ok", 2: "ok", 3: "restarting" });
  });

  it("a paused child can be deleted, and is not started before it is resumed", () => {
    const tree = world({ children: [child("a"), child("b")] });
    tree
      .at(10, { type: "pause" }, "a")
      .at(20, { type: "restart-child", id: "a", ref: 1 })
      .at(30, { type: "delete-child", id: "a", ref: 2 })
      .run(99);
    expect(Object.fromEntries(tree.answers)).toEqual({ 1: "paused", 2: "ok" });
    expect(tree.tree.children(tree.state)).toEqual(["b"]);
  });

  it.each([{ type: "stop", by: "stop" }, { type: "pause" }] as const)(
    "an end that was ordered is answered when it is reached, with $type by path meanwhile",
    (other) => {
      const tree = world({ children: [child("a")] }, { a: { stopMs: 50 } });
      tree.at(10, { type: "terminate-child", id: "a", ref: 1 }).at(20, other, "a").run(59);
      expect(tree.answers.size).toBe(0);
      expect(tree.run(60).answers.get(1)).toBe("ok");
    },
  );

  it("leave nothing behind of a child that was added and is gone", () => {
    const tree = world({ kinds: { job: { restart: "temporary" } } });
    const empty = tree.state;
    tree.at(10, { type: "start-child", id: "x", kind: "job", ref: 1 }).crash(20, "x").run(30);
    expect(tree.state).toEqual({ ...empty, next: 1 });
  });

  it("stand in the state as they came", () => {
    const tree = world({ children: [child("a"), child("b")] }, { a: { stopMs: 50 } });
    const order = { type: "terminate-child", id: "b", ref: 2 } as const;
    tree.at(10, { type: "terminate-child", id: "a", ref: 1 }).at(20, order).run(30);
    const plainly = { at: null, asks: 0 };
    const pages = { height: 0, ...plainly, count: 1, of: [{ ...plainly, item: { order } }] };
    expect(tree.state.later).toEqual({ pages, from: 0, next: 1 });
  });

  it("are answered once each: what was carried out stays so when the tree ends meanwhile", () => {
    const children = [child("a", { policy: delay(50) })];
    const kinds: TreeOptions["kinds"] = { k: { readiness: "explicit" } };
    const tree = world({ strategy: "one-for-all", children, kinds }, { y: { startMs: 100 } });
    tree
      .crash(10, "a")
      .at(20, { type: "start-child", id: "x", kind: "k", ref: 1 })
      .at(20, { type: "start-child", id: "y", kind: "k", ref: 2 })
      .at(99, { type: "stop", by: "stop" })
      .run(999);
    expect(Object.fromEntries(tree.answers)).toEqual({ 1: "ok", 2: "shutdown" });
  });

  it("are answered shutdown where the tree ends", () => {
    const tree = world(
      { children: [child("a")], kinds: { k: { readiness: "explicit" } } },
      { x: { startMs: null } },
    );
    tree
      .at(10, { type: "start-child", id: "x", kind: "k", ref: 1 })
      .at(20, { type: "delete-child", id: "a", ref: 2 })
      .at(30, { type: "stop", by: "stop" })
      .run(99);
    expect(Object.fromEntries(tree.answers)).toEqual({ 1: "shutdown", 2: "shutdown" });
  });

  it("a temporary child that is stopped by its group is gone for good", () => {
    const children = [child("a"), child("t", { restart: "temporary" })];
    const tree = world({ strategy: "one-for-all", children });
    tree.crash(10, "a", CRASH).run(99);
    expect(tree.line).toBe("0 +a 0 +t 10 a! 10 -t 10 +a");
    expect(tree.told).toContain("10 removed t");
  });
});

describe("faults", () => {
  it("of a judge end the tree, and say whose it was", () => {
    const isFailure = () => {
      throw new Error("broken");
    };
    const tree = world({ children: [child("a", { isFailure }), child("b")] });
    tree.crash(10, "a").run(99);
    expect(tree.outcome).toEqual({ type: "failed", path: ["a"] });
    expect(tree.line).toBe("0 +a 0 +b 10 a! 10 fault broken 10 -b 10 failed");
  });

  it("are said though the tree ends already", () => {
    const tree = world({ children: [child("a")] }, { a: { stopMs: 30 } });
    tree.at(10, { type: "stop", by: "stop" }).at(20, { type: "fault", error: new Error("bug") });
    expect(tree.run(99).line).toBe("0 +a 20 fault bug 40 -a 40 failed");
    expect(tree.outcome).toEqual({ type: "failed", path: null });
  });

  it("of nobody have no path", () => {
    const tree = world({ children: [child("a")] });
    tree.at(10, { type: "fault", error: new Error("driver") }).run(99);
    expect(tree.outcome).toEqual({ type: "failed", path: null });
  });
});

describe("an order to start", () => {
  it("a kind that fits no tree without an automatic shutdown is turned down", () => {
    const kinds = { job: { restart: "transient", significant: true } } as const;
    const never = new TreeWorld({ kinds }).begin();
    never.give({ type: "start-child", id: "x", kind: "job", ref: 1 });
    never.give({ type: "start-child", id: "y", kind: "jog", ref: 2 });
    never.give({ type: "start-child", id: "y/z", kind: "job", ref: 3 });
    expect([...never.answers.values()]).toEqual([
      "bad-combination",
      "unknown-kind",
      "unknown-kind",
    ]);
    const any = new TreeWorld({ kinds, autoShutdown: "any-significant" }).begin();
    any.give({ type: "start-child", id: "x", kind: "job", ref: 1 });
    any.run(10);
    expect(any.answers.get(1)).toBe("ok");
  });

  it("that came while a group waits is carried out though the start of the group fails", () => {
    const starts = { 2: CRASH };
    const options = { strategy: "one-for-all", kinds: { job: {} } } as const;
    const list = [child("a", { policy: delay(50) }), child("b", { policy: delay(50) })];
    const tree = world({ ...options, children: list }, { a: { starts } });
    tree.crash(100, "b").run(120);
    tree.give({ type: "start-child", id: "y", kind: "job", ref: 1 });
    expect(tree.run(140).answers.size).toBe(0);
    tree.run(150);
    expect(tree.answers.get(1)).toBe("ok");
    expect(tree.line).toBe("0 +a 0 +b 100 b! 100 -a 150 -a 150 +y 150 -y");
    expect(tree.run(300).line.slice(tree.line.indexOf("150 -y"))).toBe(
      "150 -y 200 +a 200 +b 200 +y",
    );
  });

  it("in a graph waits for nobody, and goes down and up as the others of its group", () => {
    const list = [child("db", { policy: delay(20) }), { id: "web", after: ["db"] }];
    const options = { strategy: "one-for-all", children: list, kinds: { job: {} } } as const;
    const world = new TreeWorld(options, { db: { startMs: 5 } }).begin().run(10);
    world.give({ type: "start-child", id: "x", kind: "job", ref: 1 });
    world.run(20).crash(50, "db").run(100);
    expect(world.answers.get(1)).toBe("ok");
    expect(world.line).toBe("5 +db 5 +web 10 +x 50 db! 50 -x 50 -web 70 +x 75 +db 75 +web");
  });
});
