// Starts as a graph: those who wait for nobody side by side, others as soon as everybody is there; stops the
// other way.

import { describe, expect, it } from "vitest";
import { type ChildSpec, supervisionTree, type TreeOptions } from "../../src/tree.js";
import { atMost, delay, doneAfter, startAt } from "./policies.js";
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

describe("one whom a failed start has left unstarted", () => {
  const list = [
    { ...child("a"), policy: doneAfter(1) },
    child("b", "a"),
    child("c"),
    child("d", "c"),
  ];
  const rest: TreeOptions = { strategy: "rest-for-one" };

  it.each([
    ["nobody else crashes", null, "50 a! 50 -d 50 -c 50 start-failed"],
    [
      "another branch is restarted first",
      42,
      "42 c! 50 a! 50 -d 50 +c 50 +d 50 -d 50 -c 50 start-failed",
    ],
  ])("is not forgotten: %s", (_, at, line) => {
    const tree = world(list, { a: { startMs: 30 } }, rest)
      .run(35)
      .crash(40, "a");
    if (at !== null) tree.crash(at, "c");
    tree.crash(50, "a").run(200);
    expect(tree.line).toBe(`0 +c 0 +d 30 +a 30 +b 40 a! 40 -b ${line}`);
    expect(tree.outcome).toEqual({ type: "start-failed", path: ["b"] });
  });

  it("keeps the tree from being up, also where another branch comes up", () => {
    const once = { ...child("a"), policy: doneAfter(0) };
    const options: TreeOptions = { ...rest, startFailure: "restart" };
    const manners = { a: { startMs: 30 }, c: { startMs: 30 } };
    const tree = world([once, ...list.slice(1)], manners, options);
    tree.crash(10, "c").crash(20, "a").run(200);
    expect(tree.told).not.toContain("50 up");
    expect(tree.outcome).toEqual({ type: "start-failed", path: ["b"] });
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

it.each([
  [50, 30, "c"],
  [30, 50, "b"],
])("the first who has waited too long ends the tree: %i or %i", (b, c, id) => {
  const list = [
    child("a"),
    { ...child("b", "a"), startTimeoutMs: b },
    { ...child("c", "a"), startTimeoutMs: c },
  ];
  const tree = world(list, { a: { startMs: null } }).run(99);
  expect(tree.line).toBe("30 -a 30 start-failed");
  expect(tree.outcome).toEqual({ type: "start-failed", path: [id] });
});

it("one whose time to wait is over is started if the others are there at that very instant", () => {
  const empty: ChildSpec = { id: "in", tree: supervisionTree({}), policy: startAt(30) };
  const tree = world([empty, { ...child("b", "in"), startTimeoutMs: 30 }]).run(99);
  expect(tree.line).toBe("30 +b");
});

it.each([
  ["ready", 20, "start-failed"],
  ["completed", 5, "ok"],
] as const)(
  "waiting for one to be %s who has completed and is gone: %i, %s",
  (until, at, answer) => {
    const list: ChildSpec[] = [
      { ...child("a"), restart: "temporary" },
      child("b", { id: "a", until }),
      child("z"),
    ];
    const tree = world(list).crash(at, "a", COMPLETED);
    tree
      .at(10, { type: "terminate-child", id: "b", ref: 1 })
      .at(30, { type: "restart-child", id: "b", ref: 2 });
    expect(tree.run(99).answers.get(2)).toBe(answer);
  },
);

it("one that was stopped comes up with its group again: who stands before it in the list waits for it", () => {
  const list = [child("b", "a"), child("a"), child("c")];
  const tree = world(list, {}, { strategy: "one-for-all" });
  tree.at(10, { type: "stop", by: "stop" }, "a").crash(20, "c").run(99);
  expect(tree.line).toBe("0 +a 0 +c 0 +b 10 -a 20 c! 20 -b 20 +a 20 +c 20 +b");
});

it("nobody waits for one that was added by order, and it waits for nobody, also while others are stopped", () => {
  const list: ChildSpec[] = [
    { ...child("a"), policy: delay(100) },
    child("s"),
    child("t", "s"),
    { ...child("u"), policy: delay(65) },
  ];
  const tree = world(
    list,
    { t: { stopMs: 50 } },
    { strategy: "rest-for-one", kinds: { k: { readiness: "explicit" } } },
  );
  tree
    .crash(10, "a")
    .at(20, { type: "start-child", id: "y", kind: "k", ref: 1 })
    .crash(30, "s")
    .crash(40, "u")
    .run(999);
  expect(tree.line).toBe(
    "0 +a 0 +s 0 +u 0 +t 10 a! 30 s! 40 u! 80 -t 145 +a 145 +s 145 +u 145 +y 145 +t",
  );
});

it("one who is ready as soon as it is launched is waited for until that is known", () => {
  const tree = new TreeWorld({ children: [{ id: "a" }, { id: "b", after: ["a"] }] });
  tree.give({ type: "begin" });
  expect(tree.told).toEqual(["0 launch a"]);
  expect(tree.run(0).line).toBe("0 +a 0 +b");
});

it("a completion that somebody waits for is a new one after a restart of both", () => {
  const migrate: ChildSpec = { ...child("migrate"), restart: "transient" };
  const list = [migrate, child("web", { id: "migrate", until: "completed" })];
  const tree = world(list, {}, { strategy: "one-for-all" });
  tree.crash(50, "migrate", COMPLETED).crash(100, "web").crash(150, "migrate", COMPLETED).run(999);
  expect(tree.line).toBe(
    "0 +migrate 50 migrate! 50 +web 100 web! 100 +migrate 150 migrate! 150 +web",
  );
});

it("a time to wait begins when its plan may start somebody, also for a state that is read back before", () => {
  const list = [
    { ...child("a"), policy: delay(100) },
    { ...child("b", "a"), startTimeoutMs: 5 },
  ];
  const tree = world(list, {}, { strategy: "one-for-all" }).crash(10, "a").run(20);
  expect(tree.state.plan).toMatchObject({ openAt: null, lateAt: null, gateAt: 110 });
  expect(tree.run(999).line).toBe("0 +a 0 +b 10 a! 10 -b 110 +a 110 +b");
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
