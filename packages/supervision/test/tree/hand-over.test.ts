// A saved tree under a new host: what was alive is started again by one plan, waits stay, nobody is asked.

import { describe, expect, it } from "vitest";
import { supervisionTree, type TreeOptions } from "../../src/tree.js";
import { atMost, delay, startAfter } from "./policies.js";
import { COMPLETED, CRASH, explicit as child, type Manner, TreeWorld } from "./world.js";

function handOver(options: TreeOptions, story: (world: TreeWorld) => void, next = options) {
  const before = new TreeWorld(options).begin();
  story(before);
  const after = new TreeWorld(next, {}, before.state, before.now);
  return after;
}

/** Two hosts whose children take their time. */
function between(
  options: TreeOptions,
  [first, second]: readonly [Record<string, Manner>, Record<string, Manner>],
  story: (world: TreeWorld) => void,
) {
  const before = new TreeWorld(options, first).begin();
  story(before);
  return new TreeWorld(options, second, before.state, before.now).begin();
}

describe("a hand-over", () => {
  it("starts again what was alive, in order; a budget that is spent is not asked", () => {
    const options = { children: [child("a", { policy: atMost(0) }), child("b")] };
    const after = handOver(options, (world) => world.run(100))
      .begin()
      .run(200);
    expect(after.line).toBe("100 +a 100 +b");
    const exits = after.effects.filter(({ type }) => type === "exited");
    expect(exits).toMatchObject([{ exit: { kind: "lost" } }, { exit: { kind: "lost" } }]);
    expect(after.told.filter((one) => one.endsWith("refused a"))).toEqual([]);
  });

  it("forgets the standbys of the old host, and prepares others", () => {
    const options = { children: [child("a", { standby: 1 })] };
    const after = handOver(options, (world) => world.run(100))
      .begin()
      .run(200);
    const made = after.effects.filter(({ type }) => type === "prepare");
    expect(made).toMatchObject([{ standby: 2 }]);
  });

  it("does not start what was stopped, paused or done", () => {
    const options = { children: [child("a"), child("b"), child("c", { restart: "transient" })] };
    const story = (world: TreeWorld) =>
      void world
        .at(10, { type: "terminate-child", id: "a", ref: 1 })
        .at(10, { type: "pause" }, "b")
        .crash(10, "c", { kind: "completed" })
        .run(100);
    const after = handOver(options, story).begin().run(200);
    expect(after.line).toBe("");
    expect(after.give({ type: "resume" }, ["b"]).some(({ type }) => type === "launch")).toBe(true);
  });

  it("waits stay: the group comes up when they are over", () => {
    const children = [child("a"), child("b", { policy: delay(500) }), child("c")];
    const options: TreeOptions = { strategy: "one-for-all", children };
    const story = (world: TreeWorld) => void world.crash(100, "b").run(200);
    expect(handOver(options, story).begin().run(1_000).line).toBe("600 +a 600 +b 600 +c");
  });

  it("what is due already is done by the next tick: at first the new host has nobody to kill", () => {
    const options = { children: [child("a"), child("b", { policy: delay(500) })] };
    const before = new TreeWorld(options, { a: { stopMs: 9_000 } }).begin();
    before.crash(100, "b").at(200, { type: "stop", by: "stop" }, "a").run(300);
    const after = new TreeWorld(options, {}, before.state, 8_000);
    after.give({ type: "begin" });
    expect(after.told).toEqual(["8000 exited a"]);
    expect(after.run(8_000).line).toBe("8000 +b");
  });

  it("in one-for-one each on its own", () => {
    const options = { children: [child("a", { policy: delay(500) }), child("b")] };
    const story = (world: TreeWorld) => void world.crash(100, "a").run(200);
    expect(handOver(options, story).begin().run(1_000).line).toBe("200 +b 600 +a");
  });

  it("what the list has got since then is started, what it has lost is dropped", () => {
    const next = { children: [child("b"), child("new")] };
    const after = handOver({ children: [child("a"), child("b")] }, (world) => world.run(9), next);
    expect(after.tree.children(after.state)).toEqual(["b", "new"]);
    expect(after.begin().run(50).line).toBe("9 +b 9 +new");
  });

  it("a child of the list that was deleted does not come back", () => {
    const options = { children: [child("a", { restart: "temporary" }), child("b")] };
    const after = handOver(options, (world) => void world.crash(5, "a").run(9));
    expect(after.tree.children(after.state)).toEqual(["b"]);
  });

  it("fewer replicas: those beyond are dropped", () => {
    const options = (replicas: number) => ({ children: [child("w", { replicas })] });
    const after = handOver(options(3), (world) => world.run(9), options(2));
    expect(after.begin().run(50).line).toBe("9 +w.1 9 +w.2");
  });

  it("one that was ending before it was up ends, and is not told as up", () => {
    const options = { children: [child("a"), child("b")] };
    const before = new TreeWorld(options, { a: { stopMs: 50 }, b: { startMs: 50 } }).begin();
    before.at(10, { type: "stop", by: "stop" }).run(20);
    const after = new TreeWorld(options, {}, before.state, 20).begin();
    expect(after.told).toEqual(["20 exited a", "20 settle"]);
  });

  it("one that was ending ends, and launches nobody", () => {
    const options = { children: [child("a"), child("b")] };
    const before = new TreeWorld(options, { b: { stopMs: 50 } }).begin();
    before.at(10, { type: "stop", by: "stop" }).run(20);
    const after = new TreeWorld(options, {}, before.state, 20).begin();
    expect(after.line).toBe("20 stopped");
    expect(new TreeWorld(options, {}, after.state, 30).begin().line).toBe("30 stopped");
  });

  it("a start that fails is an ordinary exit there", () => {
    const options = { children: [child("a", { policy: delay(30) })] };
    const before = new TreeWorld(options).begin().run(10);
    const starts = { 1: { kind: "spawn-failed", error: "no" } } as const;
    const after = new TreeWorld(options, { a: { starts } }, before.state, 10).begin().run(100);
    expect(after.line).toBe("10 -a 40 +a");
  });
});

describe("in the middle of a plan a hand-over", () => {
  const slow: Manner = { startMs: 100 };

  it("keeps the turn of one whose first launch waits", () => {
    const options = { children: [child("a"), child("b", { policy: startAfter(500) })] };
    const after = between(options, [{}, { a: { startMs: 600 } }], (world) => world.run(100));
    expect(after.run(2_000).line).toBe("700 +a 700 +b");
  });

  it("and of one that was stopped before its first launch and is to be started again", () => {
    const options = { children: [child("a"), child("b", { policy: startAfter(500) })] };
    const after = between(options, [{}, { a: { startMs: 600 } }], (world) => {
      world.at(10, { type: "stop", by: "stop" }, "b");
      world.at(20, { type: "restart-child", id: "b", ref: 1 }).run(30);
    });
    expect(after.run(999).line).toBe("630 +a 630 +b");
  });

  it("leaves out one that was paused before its first start", () => {
    const options = { children: [child("a"), child("b"), child("c")] };
    const after = between(options, [{ a: slow }, {}], (world) => {
      world.at(10, { type: "pause" }, "b").run(20);
    });
    expect(after.run(99).line).toBe("20 +a 20 +c");
    expect(after.told).toContain("20 up");
  });

  it("keeps every exit that nobody has looked at", () => {
    const options = { children: [child("a"), child("b"), child("x")] };
    const after = between(options, [{ x: { stopMs: 50 } }, {}], (world) => {
      world.at(10, { type: "terminate-child", id: "x", ref: 1 }).crash(20, "a").crash(20, "b");
      world.run(30);
    });
    expect(after.run(99).line).toBe("30 +a 30 +b");
  });

  it("does not start those who were left out for a start that failed: its exit decides", () => {
    const list = [child("a", { policy: delay(50) }), child("b", { policy: delay(50) })];
    const kinds = { job: { readiness: "explicit" } } as const;
    const options = { strategy: "one-for-all", kinds, children: list } as const;
    const first = { a: { starts: { 2: CRASH } }, y: slow };
    const after = between(options, [first, {}], (world) => {
      world.crash(100, "b").at(120, { type: "start-child", id: "y", kind: "job", ref: 1 }).run(200);
    });
    expect(after.run(999).line).toBe("200 +y 200 -y 250 +a 250 +b 250 +y");
  });

  it("does not bring back a temporary child that an order was ending", () => {
    const options = { children: [child("t", { restart: "temporary" }), child("b")] };
    const after = between(options, [{ t: { stopMs: 50 } }, {}], (world) => {
      world.at(10, { type: "stop", by: "stop" }, "t").run(20);
    });
    expect(after.run(99).line).toBe("20 +b");
    expect(after.tree.children(after.state)).toEqual(["b"]);
  });

  it("forgets a rolling restart", () => {
    const options = { children: [child("a", { replicas: 3 })] };
    const after = between(options, [{ "a.1": slow }, {}], (world) => {
      world.run(200).at(200, { type: "roll", id: "a", ref: 1 }).run(250);
    });
    expect(after.run(999).line).toBe("250 +a.1 250 +a.2 250 +a.3");
    expect(after.answers.size).toBe(0);
  });

  it("takes one that was being restarted by order as any other", () => {
    const options = { children: [child("a"), child("b")] };
    const after = between(options, [{ b: { stopMs: 50 } }, { a: slow }], (world) => {
      world.at(10, { type: "restart", requester: "me", reason: "why" }, "b").run(20);
    });
    expect(after.run(999).line).toBe("120 +a 120 +b");
  });
});

describe("under options without an automatic shutdown", () => {
  it("the tree goes on when a significant child from before is done", () => {
    const kinds = { job: { restart: "transient", significant: true } } as const;
    const before = new TreeWorld({ kinds, autoShutdown: "any-significant" }).begin();
    before.at(10, { type: "start-child", id: "x", kind: "job", ref: 1 }).run(20);
    const after = new TreeWorld({ kinds }, {}, before.state, 20).begin();
    expect(after.crash(30, "x", COMPLETED).run(99).line).toBe("20 +x 30 x!");
  });
});

describe("a temporary child", () => {
  const options: TreeOptions = {
    strategy: "one-for-all",
    children: [child("a"), child("t", { restart: "temporary" }), child("b")],
  };
  const slow = { t: { stopMs: 50 } };

  it("that was going down with its group is gone for good under a new host", () => {
    const before = new TreeWorld(options, slow).begin();
    before.crash(10, "a").run(20);
    const after = new TreeWorld(options, {}, before.state, 30).begin().run(40);
    expect(after.told).toContain("30 removed t");
    expect(after.line).toBe("30 +a 30 +b");
  });

  it("that was there is started again, as the others", () => {
    const before = new TreeWorld(options, slow).begin().run(20);
    const after = new TreeWorld(options, {}, before.state, 30).begin().run(40);
    expect(after.line).toBe("30 +a 30 +t 30 +b");
  });
});

describe("parse", () => {
  it("a state that was just made reads back as it was", () => {
    const tree = supervisionTree({ children: [child("a", { replicas: 40 }), child("b")] });
    const state = tree.initial();
    expect(tree.parse(JSON.parse(JSON.stringify(state)), 0)).toEqual(state);
  });

  it("remembers who is gone for good, however many they are, and how they went", () => {
    const children = Array.from({ length: 20 }, (_, i) =>
      child(`job-${i}`, { restart: "temporary" }),
    );
    const options = { children: [...children, child("z")] };
    const before = new TreeWorld(options).begin();
    for (const [i, { id }] of children.entries()) before.crash(10, id, i % 2 ? COMPLETED : CRASH);
    before.run(20);
    const after = new TreeWorld(options, {}, before.state, 30).begin().run(40);
    expect(after.line).toBe("30 +z");
    expect(after.state.gone).toEqual(before.state.gone);
    const bad = { ...before.state, gone: { of: 5 } };
    expect(() => before.tree.parse(bad, 0)).toThrow("state.gone.of must be an array, got 5");
    const worse = { ...before.state, gone: [["a", "b"]] };
    expect(() => before.tree.parse(worse, 0)).toThrow(
      /state\.gone\.entry must be a name and a number/,
    );
  });

  it.each<readonly [object, string | null]>([
    [{ type: "refused", reason: "full", retryAfterMs: 5, path: ["a"] }, null],
    [{ type: "refused", reason: "full", retryAfterMs: null, path: ["a"] }, null],
    [{ type: "stopped", by: "parent" }, null],
    [{ type: "failed", path: null }, null],
    [{ type: "failed", path: ["a", "b"] }, null],
    [{ type: "start-failed", path: ["a"] }, null],
    [{ type: "completed", path: ["a"] }, null],
    [{ type: "refused", reason: "full", retryAfterMs: 0, path: ["a"] }, "retryAfterMs"],
    [{ type: "refused", reason: 5, retryAfterMs: null, path: ["a"] }, "reason"],
    [{ type: "stopped", by: "x" }, "by"],
    [{ type: "completed", path: null }, "path"],
    [{ type: "start-failed", path: [5] }, "path"],
    [{ type: "gone" }, "type"],
  ])("an end %j: bad %s", (end, bad) => {
    const tree = supervisionTree({ children: [child("a")] });
    const state = { ...tree.initial(), end };
    if (bad === null) expect(tree.parse(state, 0).end).toEqual(end);
    else expect(() => tree.parse(state, 0)).toThrow(`state.end.${bad} must be`);
  });

  it("names the path of the first bad field", () => {
    const tree = supervisionTree({ children: [child("a")] });
    const bad = JSON.parse(JSON.stringify(tree.initial()).replace('"failures":0', '"failures":-1'));
    expect(() => tree.parse(bad, 0)).toThrow(/state\.pages\.of\[0\]\.failures must be/);
  });

  it("a deadline later than now is pulled back", () => {
    const options = { children: [child("a", { policy: delay(500) })] };
    const before = new TreeWorld(options).begin();
    before.crash(100_000, "a").run(100_000);
    const tree = supervisionTree(options);
    const state = tree.parse(JSON.parse(JSON.stringify(before.state)), 50);
    expect(tree.deadline(state)).toBe(550);
  });
});
