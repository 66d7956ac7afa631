// A start that fails: whom it concerns, what becomes of the order for it, and who is started without it.

import { launch, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import type { TreeOptions } from "../../src/tree.js";
import { delay, doneAfter } from "./policies.js";
import { COMPLETED, CRASH, explicit as child, TreeWorld, begun as world } from "./world.js";

const at = (tree: TreeWorld, from: number) =>
  tree.told.filter((one) => Number(one.split(" ")[0]) >= from);

describe("a child that is started by order and whose time is over before it is up", () => {
  const kinds = { k: { readiness: "explicit", deadlineMs: 30 } } as const;
  const options: TreeOptions = {
    strategy: "one-for-all",
    children: [child("a"), child("b", { policy: delay(50) })],
    kinds,
  };

  it("is ended, and nobody else: of two orders in one plan the other is carried out", () => {
    const tree = world(options, { x: { startMs: null, stopMs: 5 } });
    tree
      .crash(10, "b")
      .at(20, { type: "start-child", id: "x", kind: "k", ref: 1 })
      .at(20, { type: "start-child", id: "y", kind: "k", ref: 2 })
      .run(100);
    expect(tree.line).toBe("0 +a 0 +b 10 b! 10 -a 60 +a 60 +b 95 -x 95 +y");
    expect(Object.fromEntries(tree.answers)).toEqual({ 1: "start-failed", 2: "ok" });
  });

  it("where it is given up at that very instant, ending for a restart, it is gone and not launched again", () => {
    const times = { gracePeriodMs: 10, abandonAfterMs: 10 };
    const tree = world(
      { kinds: { k: { ...kinds.k, ...times } } },
      { x: { startMs: null, stopMs: null, mortal: false } },
    );
    tree
      .at(100, { type: "start-child", id: "x", kind: "k", ref: 1 })
      .at(110, { type: "restart", requester: "me", reason: "why" }, "x")
      .run(999);
    const told = ["refused x", "report x", "abandon x", "exited x", "answered", "removed x"];
    expect(at(tree, 130)).toEqual(told.map((one) => `130 ${one}`));
  });

  it("one that nobody has ordered ends the tree", () => {
    const tree = world(
      { ...options, children: [child("a"), child("b", { policy: delay(50), deadlineMs: 100 })] },
      { b: { startMs: 20 } },
    );
    tree.crash(40, "b").at(45, { type: "start-child", id: "x", kind: "k", ref: 1 }).run(999);
    expect(tree.line).toBe("0 +a 20 +b 40 b! 40 -a 90 +a 100 -b 100 -a 100 refused");
  });
});

it("a restart by order that fails leaves the child stopped, and nobody else is concerned", () => {
  const children = [child("a"), child("b")];
  const tree = world({ strategy: "one-for-all", children }, { a: { starts: { 2: CRASH } } });
  tree
    .at(10, { type: "terminate-child", id: "a", ref: 1 })
    .at(20, { type: "restart-child", id: "a", ref: 2 })
    .run(99);
  expect(tree.line).toBe("0 +a 0 +b 10 -a 20 -a");
  expect(tree.answers.get(2)).toBe("start-failed");
  expect(tree.tree.child(tree.state, ["a"])?.done).toBe(true);
});

describe("a start by order that waits for somebody who is done and not there", () => {
  it("has failed, and the tree goes on", () => {
    const tree = world({ children: [child("a"), child("b", { after: ["a"] })] });
    tree
      .at(10, { type: "terminate-child", id: "b", ref: 1 })
      .at(20, { type: "terminate-child", id: "a", ref: 2 })
      .at(30, { type: "restart-child", id: "b", ref: 3 })
      .run(99);
    expect(tree.answers.get(3)).toBe("start-failed");
    expect(tree.outcome).toBeNull();
  });
});

it("one that ends well before it is up while others are started has nothing to do, too", () => {
  const tree = world(
    { children: [child("a")], kinds: { k: { readiness: "explicit" } } },
    { a: { startMs: 20 }, x: { startMs: 50 } },
  );
  tree
    .crash(30, "a")
    .at(35, { type: "start-child", id: "x", kind: "k", ref: 1 })
    .crash(40, "a", COMPLETED)
    .run(999);
  expect(tree.line).toBe("20 +a 30 a! 40 a! 85 +x");
  expect(tree.tree.child(tree.state, ["a"])?.done).toBe(true);
});

it("a policy that broke its contract at an exit is not asked what follows", () => {
  const policy = restartPolicy({
    name: "broken",
    launch: (state) => [state, launch()],
    exited: () => {
      throw new Error("bug");
    },
  });
  const tree = world({ children: [child("a", { policy })] });
  tree.crash(10, "a").run(20);
  expect(tree.line).toBe("0 +a 10 a! 10 fault bug 10 failed");
  expect(at(tree, 10)).toEqual(["10 exited a", "10 fault a", "10 settle"]);
  expect(tree.effects.filter(({ type }) => type === "drawn")).toHaveLength(1);
});

describe("where a start fails that is not repeated the rest is started without it", () => {
  const options: TreeOptions = {
    strategy: "one-for-all",
    startFailure: "restart",
    children: [
      child("a", { restart: "temporary" }),
      child("b"),
      child("done"),
      child("paused"),
      child("c"),
    ],
  };

  it("but not those that an order keeps down", () => {
    const tree = world(options, { a: { startMs: null } });
    tree
      .at(5, { type: "stop", by: "stop" }, "done")
      .at(5, { type: "pause" }, "paused")
      .crash(10, "a")
      .run(99);
    expect(tree.line).toBe("10 a! 10 +b 10 +c");
    expect(tree.told).toContain("10 up");
  });

  it("one that fails then is restarted as ever: the tree was up before", () => {
    const children = [child("a", { policy: doneAfter(0) }), child("b")];
    const starts = { 2: CRASH };
    const tree = world({ strategy: "one-for-all", children }, { a: { starts }, b: { starts } });
    expect(tree.crash(10, "b").run(99).line).toBe("0 +a 0 +b 10 b! 10 -a 10 -a 10 -b 10 +a 10 +b");
  });

  it("nor is one whose own wait, from before a hand-over, is not over", () => {
    const children = [
      child("a", { policy: doneAfter(0) }),
      child("b"),
      child("w", { policy: delay(1_000) }),
    ];
    const before = world({ children }).crash(10, "w").run(20);
    const after = new TreeWorld(
      { strategy: "one-for-all", children },
      { a: { starts: { 1: CRASH } } },
      before.state,
      20,
    ).begin();
    expect(after.run(2_000).line).toBe("20 -a 20 +b 1010 +w");
  });

  it("and a group waits for it as for any other", () => {
    const children = [child("a"), child("w", { policy: delay(1_000) }), child("b")];
    const before = world({ children }).crash(10, "w").run(20);
    const options: TreeOptions = { strategy: "one-for-all", children };
    const after = new TreeWorld(options, {}, before.state, 20).begin();
    expect(after.crash(30, "a").run(2_000).line).toBe(
      "20 +a 20 +b 30 a! 30 -b 1010 +a 1010 +w 1010 +b",
    );
  });
});
