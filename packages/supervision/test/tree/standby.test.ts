// What is kept ready for a child of a tree: as for a child alone.

import { launch, refuse, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import type { TreeEffect } from "../../src/tree.js";
import { COMPLETED, TreeWorld } from "./world.js";

const discarded = (effects: readonly TreeEffect[]) =>
  effects.flatMap((one) =>
    one.type === "discard" ? [`${one.path.join("/")} ${one.standby}`] : [],
  );

describe("a standby of a child", () => {
  it("is prepared as one of its kind", () => {
    const world = new TreeWorld({ children: [{ id: "a", replicas: 1, standby: 1 }] }).begin();
    const prepared = world.effects.filter(({ type }) => type === "prepare");
    expect(prepared).toMatchObject([{ path: ["a.1"], kind: "a", standby: 1 }]);
  });

  it("that is temporary is discarded when the child is gone", () => {
    const children = [{ id: "a", standby: 2, restart: "temporary" }] as const;
    const world = new TreeWorld({ children }).begin().run(10).crash(20, "a").run(30);
    expect(world.tree.children(world.state)).toEqual([]);
    expect(discarded(world.effects)).toEqual(["a 1", "a 2"]);
  });

  it("is discarded when the child is done", () => {
    const children = [{ id: "a", standby: 1, restart: "transient" }] as const;
    const world = new TreeWorld({ children }).begin().run(10);
    expect(discarded(world.crash(20, "a", COMPLETED).run(30).effects)).toEqual(["a 1"]);
  });

  it("is discarded as soon as the tree ends, however long its children take", () => {
    const children = ["a", "b"].map((id) => ({ id, standby: 1 }));
    const slow = { a: { stopMs: 50 }, b: { stopMs: 50 } };
    const world = new TreeWorld({ children }, slow).begin().run(10);
    expect(discarded(world.give({ type: "stop", by: "stop" }))).toEqual(["a 1", "b 1"]);
  });

  it("that was refused for good is wanted again with its next launch", () => {
    const policy = restartPolicy({
      name: "second-never",
      initial: () => 0,
      launch: (asked) => [asked + 1, asked === 1 ? refuse("spent", null) : launch()],
      parse: Number,
    });
    const world = new TreeWorld({ children: [{ id: "a", standby: 1, policy }] }).begin();
    const exit = { kind: "failed" } as const;
    world.give({ type: "standby-lost", standby: 1, exit }, ["a"]);
    const prepared = () => world.effects.filter(({ type }) => type === "prepare").length;
    expect(prepared()).toBe(1);
    world.crash(10, "a").run(20);
    expect(prepared()).toBe(2);
  });
});
