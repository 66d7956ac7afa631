// A group that is restarted while others are started, or while a plan waits.

import { describe, expect, it } from "vitest";
import type { KindSpec, TreeOptions } from "../../src/tree.js";
import { atMost, delay, doneAfter, notBefore, startAfter, startAt } from "./policies.js";
import { CRASH, explicit as child, type Manner, begun as world } from "./world.js";

describe("one whose first launch waits, and whose group is restarted", () => {
  it.each([
    ["a delay", startAfter(100), "250 +a 250 +x 250 +c"],
    ["a longer delay", startAfter(300), "250 +a 300 +x 300 +c"],
    ["a not-yet", startAt(100), "250 +a 250 +x 250 +c"],
    ["a longer not-yet", startAt(300), "250 +a 300 +x 300 +c"],
  ])("is not started before its turn: %s", (_, policy, line) => {
    const children = [
      child("a", { policy: delay(200) }),
      child("x", { after: ["a"], policy }),
      child("c", { after: ["x", "a"] }),
    ];
    const tree = world({ strategy: "rest-for-one", children });
    expect(tree.crash(50, "a").run(999).line).toBe(`0 +a 50 a! ${line}`);
  });
});

describe("in a graph, while somebody of another branch is being started", () => {
  const children = [
    child("a", { policy: delay(200) }),
    child("slow"),
    child("log"),
    child("x", { after: ["a"] }),
    child("c", { after: ["a", "x", "slow"] }),
  ];
  const options: TreeOptions = { strategy: "rest-for-one", children };

  it("a start of that one that fails is a start that fails", () => {
    const tree = world(options, { slow: { startMs: 100 }, x: { startMs: 80 } });
    tree.crash(50, "a").crash(60, "slow").run(999);
    expect(tree.outcome).toEqual({ type: "start-failed", path: ["slow"] });
  });

  it("the others are up as soon as they are, and while the plan only waits orders are carried out", () => {
    const kinds: TreeOptions["kinds"] = { k: { readiness: "explicit" } };
    const tree = world({ ...options, kinds }, { slow: { startMs: 100 }, x: { startMs: 80 } });
    tree
      .crash(50, "a")
      .at(150, { type: "terminate-child", id: "log", ref: 1 })
      .at(160, { type: "start-child", id: "y", kind: "k", ref: 2 })
      .run(999);
    expect(tree.line).toBe(
      "0 +a 0 +log 50 a! 50 -x 100 +slow 150 -log 250 +a 250 +y 330 +x 330 +c",
    );
  });
});

describe("one who is to go down with its group", () => {
  it("may be removed by an order before its turn", () => {
    const children = [child("a"), child("t", { restart: "temporary" }), child("b")];
    const tree = world({ strategy: "one-for-all", children }, { b: { stopMs: 50 } });
    tree.crash(10, "a").crash(20, "t").at(30, { type: "stop", by: "stop" }, "t").run(99);
    expect(tree.line).toBe("0 +a 0 +t 0 +b 10 a! 20 t! 60 -b 60 +a 60 +b");
    expect(tree.told.filter((one) => one.endsWith("removed t"))).toEqual(["30 removed t"]);
  });

  it("and was being started by order comes up with it, and is answered then", () => {
    const children = [
      child("a", { policy: delay(20) }),
      child("slow", { after: [] }),
      child("c", { after: ["a", "slow"] }),
    ];
    const kinds: TreeOptions["kinds"] = { k: { readiness: "explicit" } };
    const tree = world(
      { strategy: "one-for-all", children, kinds },
      { slow: { startMs: 100 }, y: { startMs: 100 } },
    );
    tree
      .crash(200, "a")
      .at(210, { type: "start-child", id: "y", kind: "k", ref: 1 })
      .crash(250, "a")
      .run(999);
    expect(tree.story.slice(3).join(" ")).toBe(
      "200 a! 200 -c 200 -slow 220 +a 250 a! 250 -y 250 -slow 270 +a 370 +slow 370 +y 370 +c",
    );
    expect(tree.told.filter((one) => one.endsWith("answered"))).toEqual(["370 answered"]);
  });
});

it("one whom an order is ending goes down and comes up with its group", () => {
  const children = [child("a"), child("b")];
  const tree = world({ strategy: "one-for-all", children }, { b: { stopMs: 50 } });
  tree.at(10, { type: "stop", by: "stop" }, "b").crash(20, "a").run(99);
  expect(tree.line).toBe("0 +a 0 +b 20 a! 60 -b 60 +a 60 +b");
});

it("a paused temporary child is not gone with its group: it stays as it is", () => {
  const children = [child("a"), child("t", { restart: "temporary" })];
  const tree = world({ strategy: "one-for-all", children });
  tree.at(10, { type: "pause" }, "t").crash(20, "a").run(25);
  const held = tree.state.pages?.of.map((part) => part && "item" in part && part.item.held);
  expect(held).toEqual([false, false]);
  expect(tree.at(30, { type: "resume" }, "t").run(99).line).toBe(
    "0 +a 0 +t 10 -t 20 a! 20 +a 30 +t",
  );
});

describe("an exit that waits for the end of a plan", () => {
  const two = (a: KindSpec, b: KindSpec, options: TreeOptions = {}) =>
    world(
      { ...options, children: [child("a", a), child("b", b), child("x")] },
      { x: { stopMs: 50 } },
    ).at(5, { type: "terminate-child", id: "x", ref: 1 });

  it("does not count if its group is restarted for another before", () => {
    const tree = two({ policy: delay(100) }, {}, { strategy: "one-for-all", budget: atMost(1) });
    tree.crash(10, "a").crash(20, "b").run(999);
    expect(tree.line).toBe("0 +a 0 +b 0 +x 10 a! 20 b! 55 -x 155 +a 155 +b 155 +x");
  });

  it("is nobody's if an order has removed the child meanwhile", () => {
    const tree = two({ restart: "temporary" }, {});
    tree.crash(10, "a").at(20, { type: "stop", by: "stop" }, "a").run(999);
    expect(tree.told).toContain("20 removed a");
    expect(tree.line).toBe("0 +a 0 +b 0 +x 10 a! 55 -x");
  });

  it("has lost its turn if the child was restarted by order meanwhile: a later one comes behind others", () => {
    const tree = two({}, {}, { budget: atMost(1) });
    tree
      .crash(10, "a")
      .crash(20, "b")
      .at(30, { type: "restart", requester: "me", reason: "why" }, "a")
      .crash(40, "a")
      .run(999);
    expect(tree.outcome).toMatchObject({ type: "refused", path: ["a"] });
  });
});

describe("a plan that waits", () => {
  it("waits on when one of another branch fails to start", () => {
    const children = [
      child("a", { policy: delay(300) }),
      child("s"),
      child("u"),
      child("b", { after: ["a", "u"] }),
      child("c", { after: ["s"] }),
    ];
    const tree = world(
      { strategy: "rest-for-one", startFailure: "restart", children },
      { s: { startMs: 100 }, u: { startMs: 500 } },
    );
    tree.crash(50, "a").crash(80, "s").run(999);
    expect(tree.line).toBe("0 +a 50 a! 80 s! 350 +a 500 +u 500 +b 600 +s 600 +c");
  });

  it("does not stop again who was resumed meanwhile, when it is made one with another", () => {
    const children = [child("b", { policy: delay(500) }), child("c"), child("d")];
    const tree = world({ strategy: "rest-for-one", children });
    tree.crash(10, "b");
    for (const id of ["c", "d"]) {
      tree.at(20, { type: "pause" }, id).at(20, { type: "resume" }, id);
    }
    tree.crash(30, "d").run(999);
    expect(tree.line).toBe("0 +b 0 +c 0 +d 10 b! 10 -d 10 -c 20 +c 20 +d 30 d! 510 +b 510 +d");
  });

  it("for a not-yet takes nobody down again when that is over, and starts nobody who was stopped", () => {
    const children = [child("a"), child("b", { policy: notBefore(400) }), child("c")];
    const tree = world({ strategy: "one-for-all", children });
    tree
      .crash(10, "b")
      .at(20, { type: "pause" }, "a")
      .at(20, { type: "resume" }, "a")
      .at(30, { type: "terminate-child", id: "c", ref: 1 })
      .run(999);
    expect(tree.line).toBe("0 +a 0 +b 0 +c 10 b! 10 -c 10 -a 20 +a 400 +b");
  });
});

describe("those who were to be started with one that failed, and that an order has overtaken", () => {
  const children = [child("a", { policy: delay(50) }), child("b"), child("c")];
  const k: KindSpec = { readiness: "explicit", policy: doneAfter(1) };
  const overtaken = (y: Manner) =>
    world(
      { strategy: "rest-for-one", children, kinds: { k } },
      { a: { starts: { 2: CRASH } }, y: { startMs: 40, ...y } },
    )
      .crash(10, "a")
      .at(20, { type: "start-child", id: "y", kind: "k", ref: 1 })
      .at(70, { type: "stop", by: "stop" }, "a")
      .run(150);

  it("stay down, also when another is restarted", () => {
    const tree = overtaken({}).crash(200, "y").run(999);
    expect(tree.line).toBe("0 +a 0 +b 0 +c 10 a! 10 -c 10 -b 60 -a 100 +y 200 y! 240 +y");
  });

  it("and when that one fails to start, and is done", () => {
    const tree = overtaken({ starts: { 2: CRASH } })
      .crash(200, "y")
      .run(999);
    expect(tree.line).toBe("0 +a 0 +b 0 +c 10 a! 10 -c 10 -b 60 -a 100 +y 200 y! 200 -y");
  });
});
