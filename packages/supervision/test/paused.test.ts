// Whether only an order brings a child back: what a driver keeps its host alive for.

import { refuse } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { answers, World } from "./world.js";

const paused = (world: World) => world.machine.isPaused(world.state);

describe("one child", () => {
  it("is not paused before it began, nor while it runs", () => {
    const world = new World({});
    expect(paused(world)).toBe(false);
    expect(paused(world.begin())).toBe(false);
  });

  it("is paused when its attempt is gone, and not before", () => {
    const world = new World({ script: [{ stopMs: 10 }, {}] }).begin();
    world.give({ type: "pause" });
    expect(paused(world)).toBe(false);
    expect(paused(world.pass(9))).toBe(false);
    expect(paused(world.pass(1))).toBe(true);
    world.give({ type: "pause" });
    expect(paused(world)).toBe(true);
    world.give({ type: "resume" });
    expect(paused(world.pass(0))).toBe(false);
  });

  it("is paused while it is held, and not once it is over", () => {
    const held = { policy: answers(refuse("closed", null)), onRefused: "hold" } as const;
    const world = new World(held).begin();
    expect(paused(world)).toBe(true);
    world.give({ type: "stop", by: "stop" });
    expect(world.state.over).toBe(true);
    expect(paused(world)).toBe(false);
  });

  it("is not paused while it waits", () => {
    const world = new World({ policy: answers(refuse("later", 50)) }).begin();
    expect(world.machine.deadline(world.state)).toBe(50);
    expect(paused(world)).toBe(false);
  });
});
