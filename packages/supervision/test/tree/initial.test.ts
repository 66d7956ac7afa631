// A tree before anything has happened: its state, what it says of itself, and that time alone begins nothing.

import { expect, it } from "vitest";
import { supervisionTree } from "../../src/tree.js";
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
