// Whether a child of a tree is kept down until an order.

import { expect, it } from "vitest";
import { supervisionTree } from "../../src/tree.js";
import { TreeWorld } from "./world.js";

const paused = ({ tree, state }: TreeWorld) => tree.isPaused(state);

it("a tree without children, or whose children run, is not paused", () => {
  expect(paused(new TreeWorld({}).begin())).toBe(false);
  expect(paused(new TreeWorld({ children: [{ id: "a" }] }).begin())).toBe(false);
});

it("it is as soon as one of them is paused and gone, and no more when that one is resumed", () => {
  const children = [{ id: "a" }, { id: "b" }];
  const world = new TreeWorld({ children }, { b: { stopMs: 10 } }).begin();
  world.at(0, { type: "pause" }, "b").run(9);
  expect(paused(world)).toBe(false);
  expect(paused(world.run(10))).toBe(true);
  world.at(20, { type: "resume" }, "b").run(20);
  expect(paused(world)).toBe(false);
  world.at(30, { type: "stop", by: "stop" }, "b").run(40);
  expect(paused(world)).toBe(false);
});

it("one deep inside counts; a tree that is over does not", () => {
  const inside = supervisionTree({ children: [{ id: "a" }] });
  const world = new TreeWorld({ children: [{ id: "in", tree: inside }] }).begin();
  world.at(5, { type: "pause" }, "in", "a").run(5);
  expect(paused(world)).toBe(true);
  world.at(6, { type: "stop", by: "stop" }).run(6);
  expect(world.state.over).toBe(true);
  expect(paused(world)).toBe(false);
});
