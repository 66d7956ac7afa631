// Starts as a graph: those who wait for nobody side by side, others as soon as everybody is there; stops the
// other way.

import { describe, expect, it } from "vitest";
import { type ChildSpec, supervisionTree, type TreeOptions } from "../../src/tree.js";
import { atMost, delay } from "./policies.js";
import { COMPLETED, CRASH, type Manner, TreeWorld } from "./world.js";

const child = (id: string, ...after: ChildSpec["after"] & object): ChildSpec => ({
  id,
  readiness: "explicit",
  ...(after.length > 0 && { after }),
});

const world = (
  children: readonly ChildSpec[],
  manners: Record<string, Manner> = {},
  options: TreeOptions = {},
) => new TreeWorld({ ...options, children }, manners).begin();

describe("starts", () => {
  it("are side by side where nobody waits, and behind those in `after`", () => {
    const list = [child("web", "db", "cache"), child("db"), child("cache"), child("log", "web")];
    const tree = world(list, { db: { startMs: 30 }, cache: { startMs: 10 } }).run(100);
    expect(tree.line).toBe("10 +cache 30 +db 30 +web 30 +log");
    expect(tree.told.at(-1)).toBe("30 up");
  });

  it("of one that waits for a completion come when it has exited as completed", () => {
    const list = [child("migrate"), child("web", { id: "migrate", until: "completed" })];
    const migrate = { ...list[0], restart: "transient" } as ChildSpec;
    const tree = world([migrate, list[1] as ChildSpec]);
    tree.crash(50, "migrate", COMPLETED).run(100);
    expect(tree.line).toBe("0 +migrate 50 migrate! 50 +web");
  });

  it("a migration that crashes is restarted meanwhile", () => {
    const migrate: ChildSpec = { ...child("migrate"), restart: "transient", policy: delay(20) };
    const tree = world([migrate, child("web", { id: "migrate", until: "completed" })]);
    tree.crash(50, "migrate").crash(90, "migrate", COMPLETED).run(200);
    expect(tree.line).toBe("0 +migrate 50 migrate! 70 +migrate 90 migrate! 90 +web");
  });

  it("one that was paused before its first start has not completed", () => {
    const list = [child("slow"), child("migrate", "slow")];
    const web = child("web", { id: "migrate", until: "completed" });
    const tree = world([...list, web], { slow: { startMs: 30 } });
    tree.at(10, { type: "pause" }, "migrate").run(50);
    expect(tree.line).toBe("30 +slow");
  });

  it("a temporary migration that has completed is gone, and counts", () => {
    const migrate: ChildSpec = { ...child("migrate"), restart: "temporary" };
    const tree = world([migrate, child("web", { id: "migrate", until: "completed" })]);
    tree.crash(50, "migrate", COMPLETED).run(100);
    expect(tree.line).toBe("0 +migrate 50 migrate! 50 +web");
    expect(tree.tree.children(tree.state)).toEqual(["web"]);
  });
});

describe("a start failure", () => {
  it("is one who waits for somebody who is done and not there", () => {
    const migrate: ChildSpec = { ...child("migrate"), restart: "temporary" };
    const tree = world([migrate, child("web", { id: "migrate", until: "completed" })]);
    tree.crash(50, "migrate", CRASH).run(100);
    expect(tree.outcome).toEqual({ type: "start-failed", path: ["web"] });
  });

  it.each([
    [0, "0 -a 0 start-failed"],
    [30, "30 -a 30 start-failed"],
    [31, "30 +a 30 +b"],
  ])("and one who waits longer than startTimeoutMs %i", (startTimeoutMs, line) => {
    const list = [child("a"), { ...child("b", "a"), startTimeoutMs }];
    const tree = world(list, { a: { startMs: startTimeoutMs === 31 ? 30 : 500 } }).run(1_000);
    expect(tree.line).toBe(line);
  });
});

it("a step in which nothing happens leaves the state as it is, also while one waits for others", () => {
  const tree = world([child("a"), { ...child("b", "a"), startTimeoutMs: 50 }], {
    a: { startMs: 40 },
  });
  const { state } = tree.run(10);
  expect(tree.tree.deadline(state)).toBe(50);
  tree.give({ type: "tick" });
  expect(tree.state).toBe(state);
});

describe("stops", () => {
  it("run the other way, and side by side where nobody stands behind", () => {
    const list = [child("db"), child("a", "db"), child("b", "db"), child("log")];
    const slow = { a: { stopMs: 10 }, b: { stopMs: 30 }, log: { stopMs: 20 }, db: { stopMs: 5 } };
    const tree = world(list, slow);
    tree.at(100, { type: "stop", by: "stop" }).run(1_000);
    expect(tree.line).toBe("0 +db 0 +log 0 +a 0 +b 110 -a 120 -log 130 -b 135 -db 135 stopped");
  });

  it("under rest-for-one the rest is everything behind it, directly or not", () => {
    const list = [child("db"), child("log"), child("web", "db"), child("edge", "web")];
    const tree = world(list, { web: { stopMs: 5 } }, { strategy: "rest-for-one" });
    tree.crash(100, "db").run(1_000);
    expect(tree.line).toBe(
      "0 +db 0 +log 0 +web 0 +edge 100 db! 100 -edge 105 -web 105 +db 105 +web 105 +edge",
    );
  });

  it("one that is needed and crashes during the starts is looked at, at once", () => {
    const list = [child("a"), child("slow"), child("c", "a", "slow")];
    const tree = world(list, { slow: { startMs: 100 } });
    tree.crash(50, "a").run(1_000);
    expect(tree.line).toBe("0 +a 50 a! 50 +a 100 +slow 100 +c");
  });
});

describe("options", () => {
  it.each([
    [[child("a", "b")], /children\[0\]: after\[0\] must be the id of a child of the list, got "b"/],
    [[child("a", "a")], /after\[0\] must be another child/],
    [[child("a", "b"), child("b", "a")], /after must be free of circles, got "a > b > a"/],
    [
      [child("a", "b"), child("b", "c"), child("c", "b")],
      /children\[1\]: after must be free of circles, got "b > c > b"/,
    ],
    [[{ id: "a", startTimeoutMs: 5 }], /startTimeoutMs must be left out without after/],
    [[{ id: "a", maxUnavailable: 2 }], /maxUnavailable must be left out without replicas/],
    [[{ id: "a", replicas: -1 }], /replicas must be a whole number/],
    [[{ id: "a", replicas: 2 }, { id: "a.2" }], /id must be unlike every other/],
    [[child("web"), child("a", "webb")], /did you mean web\?/],
  ])("%j", (children, message) => {
    expect(() => supervisionTree({ children: children as ChildSpec[] })).toThrow(message);
  });

  it("a child that was given up ends the tree that others wait in", () => {
    const a: ChildSpec = { ...child("a"), policy: atMost(0) };
    const tree = world([a, child("b", "a")], { a: { startMs: 100 } });
    tree.crash(50, "a").run(1_000);
    expect(tree.outcome).toEqual({ type: "start-failed", path: ["a"] });
  });
});
