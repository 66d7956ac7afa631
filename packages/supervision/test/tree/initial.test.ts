// A tree before anything has happened: its state, what it says of itself, and that time alone begins nothing.

import { refuse, restartPolicy } from "@steadfast/policy";
import { expect, it } from "vitest";
import { supervisionTree } from "../../src/tree.js";
import { atMost } from "./policies.js";
import { TreeWorld } from "./world.js";

it("the state before `begin`: children who have no past, wait for nothing and are not done", () => {
  const { pages, ids, ...rest } = supervisionTree({ children: [{ id: "a" }] }).initial();
  expect(rest).toEqual({
    gone: null,
    next: 1,
    budget: null,
    plan: null,
    later: null,
    rolls: [],
    end: null,
    over: false,
    up: false,
    unstarted: false,
  });
  expect(ids).toEqual([["a", 0]]);
  expect(pages).toMatchObject({ height: 0, at: null, asks: 0, count: 1 });
  expect(pages?.of[0]).toMatchObject({
    item: {
      id: "a",
      kind: "a",
      inner: null,
      done: false,
      completed: false,
      held: false,
      late: null,
      wait: null,
      seat: null,
      failed: null,
      failures: 0,
      abandoned: 0,
    },
  });
});

it("a tick before `begin` changes nothing and says nothing, also where there are no children", () => {
  for (const children of [[], [{ id: "a" }]]) {
    const world = new TreeWorld({ children });
    const before = world.state;
    expect(world.give({ type: "tick" })).toEqual([]);
    expect(world.state).toBe(before);
  }
});

it("who was stopped or paused before `begin` stays down, and keeps nobody else from being started", () => {
  const world = new TreeWorld({ children: ["a", "b", "c"].map((id) => ({ id })) });
  world.give({ type: "pause" }, ["a"]);
  world.give({ type: "stop", by: "stop" }, ["b"]);
  expect(world.begin().run(10).told).toEqual([
    "0 report a",
    "0 launch c",
    "0 launched c",
    "0 report c",
    "0 up c",
    "0 up",
  ]);
  world.give({ type: "resume" }, ["a"]);
  expect(world.run(20).told.at(-1)).toBe("10 up a");
});

it("a tree is up, too, whose children are done in the step in which they begin", () => {
  const never = restartPolicy({ name: "never", launch: (state) => [state, refuse("no", null)] });
  const tree = supervisionTree({ children: [{ id: "x", policy: never }] });
  const job = { id: "job", tree, restart: "transient", isFailure: () => false } as const;
  const options = { strategy: "one-for-all", startFailure: "restart", children: [job] } as const;
  const world = new TreeWorld(options).begin();
  expect(world.tree.child(world.state, ["job"])).toMatchObject({ done: true });
  expect(world.told.at(-1)).toBe("0 up");
  expect(world.outcome).toBeNull();
});

it("describes its options in force", () => {
  const options = {
    strategy: "rest-for-one",
    autoShutdown: "any-significant",
    startFailure: "restart",
  } as const;
  const of = (more: object) => supervisionTree(more).describe;
  expect(of(options)).toMatchObject({ options: { ...options, restarts: "side-by-side" } });
  expect(of({ restarts: "one-by-one" })).toMatchObject({
    options: {
      strategy: "one-for-one",
      autoShutdown: "never",
      startFailure: "end",
      restarts: "one-by-one",
    },
  });
});

it("describes its budget once, its children in order, and what each kind of them is", () => {
  const budget = atMost(2);
  const tree = supervisionTree({ children: [{ id: "x" }] });
  const children = [
    { id: "web", replicas: 2 },
    { id: "in", tree },
  ] as const;
  const kinds = { job: { restart: "temporary" } } as const;
  const all = supervisionTree({ budget, children, kinds }).describe as Record<string, object>;
  expect(all).toMatchObject({
    kind: "supervisionTree",
    budget: budget.describe,
    children: [
      { id: "web.1", kind: "web" },
      { id: "web.2", kind: "web" },
      { id: "in", kind: "in" },
    ],
    kinds: {
      job: { restart: "temporary", significant: false, tree: null },
      web: { restart: "permanent", significant: false, tree: null },
      in: { restart: "permanent", significant: false, tree: tree.describe },
    },
  });
  expect(JSON.stringify(all["kinds"])).not.toContain("shared");
  expect(supervisionTree({}).describe).toMatchObject({ budget: null, children: [], kinds: {} });
});
