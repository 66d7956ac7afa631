// Replicas, and restarting all of them a few at a time.

import { describe, expect, it } from "vitest";
import type { ChildSpec, TreeOptions } from "../../src/tree.js";
import { delay } from "./policies.js";
import { TreeWorld } from "./world.js";

const web = (more: Partial<ChildSpec> = {}): ChildSpec => ({
  id: "web",
  replicas: 3,
  readiness: "explicit",
  ...more,
});
const slow = { startMs: 20, stopMs: 10 };
const manners = { "web.1": slow, "web.2": slow, "web.3": slow };

const world = (spec: ChildSpec, options: TreeOptions = {}) =>
  new TreeWorld({ children: [spec], ...options }, manners).begin().run(60);

describe("replicas", () => {
  it("are children named id.1 to id.n, of one kind", () => {
    const tree = world(web());
    expect(tree.tree.children(tree.state)).toEqual(["web.1", "web.2", "web.3"]);
    expect(tree.tree.child(tree.state, ["web.2"])?.kind).toBe("web");
  });

  it("none are legal", () => {
    const tree = world(web({ replicas: 0 }));
    expect(tree.tree.children(tree.state)).toEqual([]);
    expect(tree.told).toEqual(["0 up"]);
  });
});

describe("roll", () => {
  it("restarts one after the other, each when the one before is up", () => {
    const tree = world(web());
    tree.at(100, { type: "roll", id: "web", ref: 7 }).run(1_000);
    expect(tree.story.slice(3).join(" ")).toBe(
      "110 -web.1 130 +web.1 140 -web.2 160 +web.2 170 -web.3 190 +web.3",
    );
    expect(tree.answers.get(7)).toBe("ok");
    expect(tree.told.at(-1)).toBe("190 answered");
  });

  it("so many at a time", () => {
    const tree = world(web({ maxUnavailable: 2 }));
    tree.at(100, { type: "roll", id: "web", ref: 7 }).run(1_000);
    expect(tree.story.slice(3).join(" ")).toBe(
      "110 -web.1 110 -web.2 130 +web.1 130 +web.2 140 -web.3 160 +web.3",
    );
  });

  it("those that are down already count; one that its policy brings back is new", () => {
    const tree = world(web({ policy: delay(50) }));
    tree.crash(90, "web.3").at(100, { type: "roll", id: "web", ref: 7 }).run(1_000);
    expect(tree.story.slice(3).join(" ")).toBe(
      "90 web.3! 160 +web.3 170 -web.1 190 +web.1 200 -web.2 220 +web.2",
    );
  });

  it("is free of the policy", () => {
    const tree = world(web({ policy: delay(500) }));
    tree.at(100, { type: "roll", id: "web", ref: 7 }).run(1_000);
    expect(tree.told.at(-1)).toBe("190 answered");
  });

  it("leaves out those that are paused", () => {
    const tree = world(web());
    tree.at(90, { type: "pause" }, "web.2").at(110, { type: "roll", id: "web", ref: 7 }).run(1_000);
    expect(tree.story.slice(3).join(" ")).toBe(
      "100 -web.2 120 -web.1 140 +web.1 150 -web.3 170 +web.3",
    );
    expect(tree.answers.get(7)).toBe("ok");
  });

  it("a restart of the whole group counts as the new one", () => {
    const tree = world(web(), { strategy: "one-for-all" });
    tree.at(100, { type: "roll", id: "web", ref: 7 }).crash(135, "web.3").run(1_000);
    expect(tree.answers.get(7)).toBe("ok");
    expect(tree.told.filter((one) => one.includes("launch ")).length).toBe(3 + 1 + 3);
  });

  it("whom it has renewed may go again: that is not its matter any more", () => {
    const tree = world(web({ maxUnavailable: 2 }));
    tree
      .at(100, { type: "roll", id: "web", ref: 7 })
      .at(145, { type: "stop", by: "stop" }, "web.1")
      .run(1_000);
    expect(tree.story.slice(3).join(" ")).toBe(
      "110 -web.1 110 -web.2 130 +web.1 130 +web.2 140 -web.3 155 -web.1 160 +web.3",
    );
    expect(tree.answers.get(7)).toBe("ok");
  });

  it("goes on beside that of another name", () => {
    const children = [web(), { ...web(), id: "api" }];
    const tree = new TreeWorld({ children }, manners).begin().run(60);
    tree
      .at(100, { type: "roll", id: "web", ref: 7 })
      .at(100, { type: "roll", id: "api", ref: 8 })
      .run(1_000);
    expect(tree.told.filter((one) => one.endsWith("answered"))).toEqual([
      "100 answered",
      "190 answered",
    ]);
    expect(tree.told.filter((one) => one.includes("launch "))).toHaveLength(6 + 6);
  });

  it("is answered once: not-found, already-rolling, gave-up, shutdown", () => {
    const tree = world(web());
    tree
      .at(100, { type: "roll", id: "nobody", ref: 1 })
      .at(100, { type: "roll", id: "web", ref: 2 })
      .at(100, { type: "roll", id: "web", ref: 3 })
      .at(105, { type: "stop", by: "stop" }, "web.2")
      .run(400)
      .at(500, { type: "roll", id: "web.1", ref: 4 })
      .at(505, { type: "stop", by: "stop" })
      .run(1_000);
    expect(Object.fromEntries(tree.answers)).toEqual({
      1: "not-found",
      2: "gave-up",
      3: "already-rolling",
      4: "shutdown",
    });
  });
});
