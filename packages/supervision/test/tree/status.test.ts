// What a status page shows of a tree: what is being stopped and started, by name, and what each child waits for.

import { describe, expect, it } from "vitest";
import { type TreeOptions, type TreeStatus, treeStatus } from "../../src/tree.js";
import { delay } from "./policies.js";
import { type Manner, TreeWorld } from "./world.js";

const slow: Manner = { stopMs: 10, startMs: 10 };
const three: TreeOptions = {
  strategy: "one-for-all",
  children: ["a", "b", "c"].map((id) => ({ id, readiness: "explicit", policy: delay(50) })),
};
const status = ({ tree, state, now }: TreeWorld): TreeStatus => treeStatus(tree, state, now);

describe("the plan", () => {
  it("of the start: who is being started, and who is still to be", () => {
    const world = new TreeWorld(three, { a: slow, b: slow, c: slow }).begin();
    expect(status(world)).toMatchObject({ up: false, over: false, outcome: null });
    expect(status(world).plan).toEqual({
      stop: [],
      starting: ["a"],
      start: ["b", "c"],
      until: null,
    });
    world.run(10);
    expect(status(world).plan).toEqual({ stop: [], starting: ["b"], start: ["c"], until: null });
    world.run(30);
    expect(status(world)).toMatchObject({ up: true, plan: null });
  });

  it("of a restart: who is still to be down, the last next, and until when nobody is started", () => {
    const world = new TreeWorld(three, { a: slow, b: slow, c: slow }).begin().run(100);
    world.crash(100, "b").run(105);
    const start = ["a", "b", "c"];
    expect(status(world).plan).toEqual({ stop: ["a", "c"], starting: [], start, until: 150 });
    world.run(115); // c is down, and b was already
    expect(status(world).plan).toEqual({ stop: ["a"], starting: [], start, until: 150 });
    world.run(130);
    expect(status(world).plan).toEqual({ stop: [], starting: [], start, until: 150 });
    world.run(150);
    expect(status(world).plan).toEqual({
      stop: [],
      starting: ["a"],
      start: ["b", "c"],
      until: null,
    });
  });

  it("leaves out who is down, or begun, already, and names nobody who is not there any more", () => {
    const { tree, state } = new TreeWorld(three, { a: slow }).begin();
    const lists = { stop: [0, 1, 2], stopping: 2, start: [0, 1, 2], begun: 1, starting: [0, 99] };
    const plan = state.plan && { ...state.plan, ...lists };
    expect(treeStatus(tree, { ...state, plan }, 0).plan).toEqual({
      stop: ["a", "b"],
      starting: ["a"],
      start: ["b", "c"],
      until: null,
    });
  });
});

describe("a child", () => {
  it("says what it is, where it stands and what it waits for", () => {
    const world = new TreeWorld({ children: [{ id: "a", policy: delay(50) }] }).begin();
    const [up] = status(world).children;
    expect(up).toMatchObject({ id: "a", path: "/a", kind: "a", waiting: null, done: false });
    expect(up).toMatchObject({ failures: 0, abandoned: 0, pid: null, threadId: null, tree: null });
    world.crash(20, "a").run(30);
    expect(status(world).children).toMatchObject([
      { failures: 1, waiting: { for: "delay", until: 70 } },
    ]);
    world.run(70);
    world.give({ type: "terminate-child", id: "a", ref: 1 });
    expect(world.run(80).answers.get(1)).toBe("ok");
    expect(status(world).children).toMatchObject([{ done: true, waiting: null }]);
  });

  it("that is a tree shows what stands in it, with the way to it, while it is there", () => {
    const inner = new TreeWorld({ children: [{ id: "x" }] }).tree;
    const world = new TreeWorld({ children: [{ id: "t", tree: inner }] });
    expect(status(world).children).toMatchObject([{ path: "/t", tree: null }]);
    world.begin();
    expect(status(world).children[0]?.tree?.children).toMatchObject([{ path: "/t/x" }]);
    world.give({ type: "stop", by: "stop" });
    world.run(10);
    expect(status(world)).toMatchObject({ over: true, outcome: { type: "stopped" }, plan: null });
    expect(status(world).children).toMatchObject([{ path: "/t", tree: null }]);
  });

  it("that is a tree without children shows that, too, while it is there", () => {
    const world = new TreeWorld({ children: [{ id: "t", tree: new TreeWorld({}).tree }] }).begin();
    expect(status(world).children).toMatchObject([{ tree: { up: true, children: [] } }]);
  });

  it("shows the process or thread that it was launched as", () => {
    const { tree } = new TreeWorld({ children: [{ id: "a" }, { id: "b" }] });
    let state = tree.initial();
    const given = { draw: 0.5, wall: 0 };
    for (const event of [
      { type: "begin" },
      { type: "launched", path: ["a"], generation: 0, pid: 5 },
      { type: "launched", path: ["b"], generation: 0, threadId: 7 },
    ] as const) {
      [state] = tree.step(state, { ...event, ...given }, 0);
    }
    expect(treeStatus(tree, state, 0).children).toMatchObject([
      { pid: 5, threadId: null },
      { pid: null, threadId: 7 },
    ]);
  });

  it("of a kind that the tree does not know is not guessed", () => {
    const { tree } = new TreeWorld({ children: [{ id: "a" }] });
    const { state } = new TreeWorld({ children: [{ id: "b" }] });
    expect(() => treeStatus(tree, state, 0)).toThrow("caller: no kind b in this tree");
    expect(() => tree.policy(state, ["b"])).toThrow("caller: no kind b in this tree");
  });
});
