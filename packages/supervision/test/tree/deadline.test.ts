// A child of a tree with a time for all its attempts: over is a refusal for good, like any other.

import { launch, refuse, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import type { ChildSpec, TreeOptions } from "../../src/tree.js";
import { delay } from "./policies.js";
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
    const policy = restartPolicy<null>({
      name: "not-before-60",
      launch: (state, _, now) => [state, now >= 60 ? launch() : refuse("early", 60 - now)],
      parse: () => null,
    });
    const world = tree([timed("a", { policy })]).run(99);
    expect(world.line).toBe("60 +a");
    expect(world.run(100).outcome).toEqual(late("a"));
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
