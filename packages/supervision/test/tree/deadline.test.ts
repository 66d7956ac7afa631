// A child of a tree with a time for all its attempts: over is a refusal for good, like any other.

import { describe, expect, it } from "vitest";
import type { ChildSpec, TreeOptions } from "../../src/tree.js";
import { delay, startAt } from "./policies.js";
import { COMPLETED, type Manner, TreeWorld } from "./world.js";

const timed = (id: string, more: Partial<ChildSpec> = {}): ChildSpec => ({
  id,
  deadlineMs: 100,
  ...more,
});
const tree = (
  children: readonly ChildSpec[],
  options: Partial<TreeOptions> = {},
  manners: Readonly<Record<string, Manner>> = {},
) => new TreeWorld({ children, ...options }, manners).begin();

const late = (...path: string[]) => ({
  type: "refused",
  reason: "deadline",
  retryAfterMs: null,
  path,
});

describe("a child's deadline", () => {
  it("ends the tree, in reverse order, with the way to the child", () => {
    const world = tree([{ id: "a" }, timed("b"), { id: "c" }]).run(1_000);
    expect(world.line).toBe("0 +a 0 +b 0 +c 100 -c 100 -b 100 -a 100 refused");
    expect(world.outcome).toEqual(late("b"));
  });

  it("comes before what else is due or is said at its instant", () => {
    const world = tree([timed("a", { maxRunMs: 100 })]);
    world.crash(100, "a").run(1_000);
    expect(world.outcome).toEqual(late("a"));
  });

  it.each([
    [99, null, "0 +a 50 a! 99 +a"],
    [100, late("a"), "0 +a 50 a! 50 refused"],
  ])("a restart that would come at %i", (at, outcome, line) => {
    const world = tree([timed("a", { policy: delay(at - 50) })]);
    world.crash(50, "a").run(99);
    expect(world.outcome).toEqual(outcome);
    expect(world.line).toBe(line);
  });

  it("of 0 is a start that fails", () => {
    const world = tree([{ id: "a" }, timed("b", { deadlineMs: 0 })]);
    expect(world.outcome).toEqual({ type: "start-failed", path: ["b"] });
  });

  it("ends the tree also while its group is down", () => {
    const children = [timed("a"), { id: "b", policy: delay(80) }];
    const world = tree(children, { strategy: "one-for-all" });
    world.crash(50, "b").run(1_000);
    expect(world.line).toBe("0 +a 0 +b 50 b! 50 -a 100 refused");
    expect(world.outcome).toEqual(late("a"));
  });

  it("does not run while a child has nothing to do any more", () => {
    const world = tree([{ id: "a" }, timed("b", { restart: "transient" })]);
    world.crash(50, "b", COMPLETED).run(1_000);
    expect(world.outcome).toBeNull();
  });

  it("runs anew after an order has ended the child and started it again", () => {
    const world = tree([{ id: "a" }, timed("b")]);
    world.at(50, { type: "terminate-child", id: "b", ref: 1 });
    world.at(300, { type: "restart-child", id: "b", ref: 2 }).run(399);
    expect(world.line).toBe("0 +a 0 +b 50 -b 300 +b");
    expect(world.outcome).toBeNull();
    expect(world.run(400).outcome).toEqual(late("b"));
  });

  it("is not given more time by a restart, by order or by plan", () => {
    const world = tree([timed("a")]);
    world.at(90, { type: "restart", requester: "me", reason: "test" }, "a").run(1_000);
    expect(world.outcome).toEqual(late("a"));
    expect(world.line).toBe("0 +a 90 -a 90 +a 100 -a 100 refused");
  });

  it("says nothing while the tree ends for another reason", () => {
    const world = tree([timed("a")], {}, { a: { stopMs: 30 } });
    world.at(90, { type: "stop", by: "stop" }).run(1_000);
    expect(world.outcome).toEqual({ type: "stopped", by: "stop" });
    expect(world.told.filter((line) => line.includes("refused"))).toEqual([]);
  });

  it("runs on under a new host", () => {
    const before = tree([timed("a")]).run(60);
    const children = [timed("a")];
    const after = new TreeWorld({ children }, {}, before.state, 70).begin().run(99);
    expect(after.outcome).toBeNull();
    expect(after.run(100).outcome).toEqual(late("a"));
  });

  it.each([
    [99, null],
    [100, late("a")],
    [5_000, late("a")],
  ])("taken up by a new host at %i: %o", (now, outcome) => {
    const children = [timed("a"), { id: "b" }];
    const before = tree(children).run(50);
    const after = new TreeWorld({ children }, {}, before.state, now).begin();
    expect(after.outcome).toEqual(outcome);
    expect(after.line).toBe(outcome ? `${now} refused` : "99 +a 99 +b");
    const told = after.told.filter((line) => line.includes("refused"));
    expect(told).toEqual(outcome ? [`${now} refused a`] : []);
  });

  it("runs from the request for its start, also while that has to wait", () => {
    const world = tree([timed("a", { policy: startAt(60) })]).run(99);
    expect(world.line).toBe("60 +a");
    expect(world.run(100).outcome).toEqual(late("a"));
  });

  it("drops a restart that waits for the end of the child", () => {
    const world = tree([timed("a", { gracePeriodMs: 500 })], {}, { a: { stopMs: 100 } }).run(50);
    world.give({ type: "restart", requester: "me", reason: "why" }, ["a"]);
    world.run(1_000);
    expect(world.line).toBe("0 +a 150 -a 150 refused");
    expect(world.outcome).toEqual(late("a"));
    expect(world.told.filter((line) => line.startsWith("100"))).toEqual([
      "100 refused a",
      "100 report a",
    ]);
  });

  it("drops it also where the child is given up at that very instant", () => {
    const limits = { gracePeriodMs: 40, abandonAfterMs: 10 };
    const world = tree([timed("a", limits)], {}, { a: { stopMs: null, mortal: false } }).run(50);
    world.give({ type: "restart", requester: "me", reason: "why" }, ["a"]);
    world.run(1_000);
    expect(world.told.filter((line) => line.includes("launch "))).toEqual(["0 launch a"]);
    expect(world.outcome).toEqual(late("a"));
  });

  it.each([
    [99, "ok"],
    [100, "start-failed"],
  ])("is over before a start by order is, if that takes %i ms: %s", (startMs, answer) => {
    const kinds = { job: { deadlineMs: 100, readiness: "explicit" } } as const;
    const world = new TreeWorld({ kinds, children: [{ id: "z" }] }, { x: { startMs } }).begin();
    world.give({ type: "start-child", id: "x", kind: "job", ref: 1 });
    world.run(100);
    expect(world.answers.get(1)).toBe(answer);
    if (answer === "ok") expect(world.outcome ?? world.run(100).outcome).toEqual(late("x"));
    else {
      expect(world.line).toBe("0 +z 100 -x");
      expect(world.outcome).toBeNull();
      expect(world.tree.children(world.state)).toEqual(["z"]);
    }
  });

  it.each([false, true])(
    "ends what a start by order has begun, and answers when that is down (restarted: %s)",
    (restarted) => {
      const slow = { startMs: null, stopMs: 50 };
      const kinds = { job: { deadlineMs: 100, readiness: "explicit" } } as const;
      const world = new TreeWorld({ kinds, children: [{ id: "z" }] }, { x: slow }).begin();
      world.give({ type: "start-child", id: "x", kind: "job", ref: 1 });
      world.run(80);
      if (restarted) world.give({ type: "restart", requester: "me", reason: "why" }, ["x"]);
      const downAt = restarted ? 130 : 150;
      world.run(downAt - 1);
      expect(world.answers.size).toBe(0);
      world.run(downAt);
      expect(world.answers.get(1)).toBe("start-failed");
      expect(world.line).toBe(`0 +z ${downAt} -x`);
      expect(world.told).toContain(`${downAt} removed x`);
      world.give({ type: "start-child", id: "y", kind: "job", ref: 2 });
      expect(world.run(downAt).answers.get(2)).toBe("ok");
    },
  );

  it("of a child of the list that is started by order leaves it stopped, and there", () => {
    const manners: Record<string, Manner> = {};
    const world = tree([timed("a", { readiness: "explicit" }), { id: "z" }], {}, manners).run(10);
    world.give({ type: "terminate-child", id: "a", ref: 1 });
    world.run(20);
    manners["a"] = { startMs: null, stopMs: 50 };
    world.give({ type: "restart-child", id: "a", ref: 2 });
    expect(world.run(169).answers.get(2)).toBeUndefined();
    expect(world.run(170).answers.get(2)).toBe("start-failed");
    manners["a"] = {};
    world.give({ type: "restart-child", id: "a", ref: 3 });
    expect(world.run(180).answers.get(3)).toBe("ok");
    expect(world.line).toBe("0 +a 0 +z 10 -a 170 -a 170 +a");
  });

  it("leaves nothing to do for what else time brings at its instant", () => {
    const looked = { healthyAfterMs: 100, probe: { periodMs: 100 }, recycle: { ageMs: 100 } };
    const world = tree([timed("a", looked)]).run(100);
    expect(world.told.filter((line) => line.startsWith("100 "))).toEqual([
      "100 refused a",
      "100 request-stop a",
      "100 exited a",
      "100 settle",
    ]);
  });

  it("may be that of a tree in a tree, which is ended like a child", () => {
    const inner = new TreeWorld({ children: [{ id: "x" }] }).tree;
    const world = tree([{ id: "a" }, timed("t", { tree: inner })]).run(1_000);
    expect(world.line).toContain("100");
    expect(world.outcome).toEqual(late("t"));
  });
});
