// What is kept ready for a child of a tree: as for a child alone.

import { launch, refuse, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { TreeWorld } from "./world.js";

describe("a standby of a child", () => {
  it("that was refused for good is wanted again with its next launch", () => {
    let asked = 0;
    const policy = restartPolicy({
      name: "second-never",
      launch: (state) => [state, ++asked === 2 ? refuse("spent", null) : launch()],
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
