// What a second implementation of the same semantics found: each of these once came out otherwise.

import { launch, refuse, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { supervisionTree } from "../../src/tree/supervision-tree.js";
import type { TreeEffect, TreeEvent, TreeHappening, TreeOptions } from "../../src/tree.js";

type Told = TreeHappening & { readonly path?: readonly string[] };

/** What is launched, ended, answered and told of the tree itself. */
function wordOf(effect: TreeEffect): readonly string[] {
  const at = "path" in effect && effect.path ? ` ${effect.path.join("/")}` : "";
  switch (effect.type) {
    case "answered":
      return [effect.ok ? "ok" : effect.error];
    case "settle":
      return [`settle ${effect.outcome.type}`];
    case "launch":
    case "request-stop":
    case "up":
    case "refused":
    case "removed":
      return [`${effect.type}${at}`];
    default:
      return [];
  }
}

/** Tells a tree one thing after the other, all at one instant; the words of each step. */
function told(options: TreeOptions, events: readonly Told[]): readonly (readonly string[])[] {
  const tree = supervisionTree(options);
  let state = tree.initial();
  return events.map((event) => {
    const [after, effects] = tree.step(state, { ...event, draw: 0.5, wall: 0 } as TreeEvent, 100);
    state = after;
    return effects.flatMap(wordOf);
  });
}

const begin: Told = { type: "begin" };
const there = (id: string, generation = 0): Told => ({
  type: "launched",
  path: id.split("/"),
  generation,
});
const failed = (id: string, generation = 0): Told => ({
  type: "exited",
  path: [id],
  generation,
  exit: { kind: "failed" },
});
const stopped = (id: string, generation = 0): Told => ({
  type: "exited",
  path: [id],
  generation,
  exit: { kind: "cancelled" },
});
const order = (type: "restart-child" | "terminate-child", id: string): Told => ({
  type,
  id,
  ref: 1,
});

/** Admits one restart, until it is reset. */
const once = () =>
  restartPolicy({
    name: "once",
    initial: (): number => 0,
    launch(used, { cause }) {
      if (cause !== "restart") return [used, launch()];
      return used === 0 ? [1, launch()] : [used, refuse("used-up", null)];
    },
    parse: Number,
  });

/** Refuses everything for good. */
const no = () => restartPolicy({ name: "no", launch: (state) => [state, refuse("no", null)] });

describe("a tree", () => {
  it("does not start a paused child by restart-child, and says so", () => {
    const steps = told({ children: [{ id: "a" }] }, [
      begin,
      there("a"),
      { type: "pause", path: ["a"] },
      stopped("a"),
      order("restart-child", "a"),
    ]);
    expect(steps.at(-1)).toEqual(["paused"]);
  });

  it("goes on without a child that fails to start and is not wanted any more", () => {
    const options: TreeOptions = {
      strategy: "one-for-all",
      startFailure: "restart",
      children: [{ id: "a", restart: "temporary" }, { id: "b" }],
    };
    expect(told(options, [begin, failed("a"), there("b")])).toEqual([
      ["launch a"],
      ["refused a", "removed a", "launch b"],
      ["up b", "up"],
    ]);
    const alone = { ...options, children: [{ id: "a", restart: "temporary" as const }] };
    expect(told(alone, [begin, failed("a")]).at(-1)).toEqual(["refused a", "removed a", "up"]);
  });

  it("starts a temporary child that a group restart at the beginning has overtaken", () => {
    const options: TreeOptions = {
      strategy: "rest-for-one",
      startFailure: "restart",
      children: [{ id: "a" }, { id: "b", restart: "temporary" }],
    };
    expect(told(options, [begin, failed("a"), there("a", 1), there("b")])).toEqual([
      ["launch a"],
      ["launch a"],
      ["up a", "launch b"],
      ["up b", "up"],
    ]);
  });

  it("does not complete while a significant child is still to be started", () => {
    const significant = { restart: "temporary", significant: true } as const;
    const options: TreeOptions = {
      autoShutdown: "all-significant",
      startFailure: "restart",
      children: [
        { id: "a", ...significant },
        { id: "b", ...significant },
      ],
    };
    expect(told(options, [begin, failed("a")]).at(-1)).toEqual([
      "refused a",
      "removed a",
      "launch b",
    ]);
  });

  it("resets the budget by its own reset, and not by that of a child", () => {
    const options: TreeOptions = { budget: once(), children: [{ id: "a" }] };
    const restarted = [begin, there("a"), failed("a"), there("a", 1)];
    const again = (reset: Told) => told(options, [...restarted, reset, failed("a", 1)]).at(-1);
    expect(again({ type: "reset", path: ["a"] })).toEqual(["refused a", "settle refused"]);
    expect(again({ type: "reset" })).toEqual(["launch a"]);
  });

  it("opens the gate when the last delay of the group is cut", () => {
    const late = restartPolicy({
      name: "late",
      launch: (state, { cause }) => [state, launch(cause === "restart" ? 50 : 0)],
    });
    const options: TreeOptions = {
      strategy: "one-for-all",
      children: [{ id: "a", policy: late, delayCutBy: ["reload"] }],
    };
    const steps = told(options, [begin, there("a"), failed("a"), { type: "reload", path: ["a"] }]);
    expect(steps.slice(-2)).toEqual([[], ["launch a"]]);
  });

  it("tells who is up inside a tree inside it", () => {
    const inner = supervisionTree({ children: [{ id: "a" }] });
    const steps = told({ children: [{ id: "in", tree: inner }] }, [begin, there("in/a")]);
    expect(steps.at(-1)).toEqual(["up in/a", "up in", "up"]);
  });

  it("starts a tree that ends as soon as it begins once per step, also in a group", () => {
    const inner = supervisionTree({
      startFailure: "restart",
      children: [{ id: "a", policy: no() }],
    });
    const tree = supervisionTree({
      strategy: "one-for-all",
      startFailure: "restart",
      children: [{ id: "in", tree: inner }],
    });
    let state = tree.initial();
    for (const type of ["begin", "tick", "tick"] as const) {
      const [after, effects] = tree.step(state, { type, draw: 0.5, wall: 0 }, 100);
      expect(effects.filter((one) => one.type === "launched")).toHaveLength(1);
      expect(tree.deadline(after)).toBe(100);
      state = after;
    }
  });

  it("tells the policy an exit before the launch that an order has brought about meanwhile", () => {
    const tree = supervisionTree({ children: [{ id: "a" }] });
    let state = tree.initial();
    const types: string[] = [];
    const path = ["a"];
    for (const event of [
      begin,
      there("a"),
      { type: "unhealthy", path, reason: "found" },
      { type: "restart", path, requester: "owner", reason: "wanted" },
      failed("a"),
    ] satisfies Told[]) {
      const [after, effects] = tree.step(state, { ...event, draw: 0.5, wall: 0 } as TreeEvent, 100);
      state = after;
      types.splice(0, types.length, ...effects.map(({ type }) => type));
    }
    expect(types).toEqual(["exited", "note", "launch", "note"]);
  });

  it("reads back a state with a tree inside that is over", () => {
    const inner = supervisionTree({ budget: once(), children: [] });
    const tree = supervisionTree({ children: [{ id: "in", tree: inner }] });
    const [begun] = tree.step(tree.initial(), { type: "begin", draw: 0.5, wall: 0 }, 100);
    const stop = { type: "stop", by: "stop", path: ["in"], draw: 0.5, wall: 0 } as const;
    const [state] = tree.step(begun, stop, 100);
    expect(tree.parse(JSON.parse(JSON.stringify(state)), 100)).toEqual(state);
  });

  it("has nothing more to do with a tree inside that was given up", () => {
    const inner = supervisionTree({ children: [{ id: "a", gracePeriodMs: 50 }] });
    const tree = supervisionTree({
      children: [{ id: "in", tree: inner, gracePeriodMs: 5, abandonAfterMs: 5 }],
    });
    let state = tree.initial();
    const give = (event: Told, now: number) => {
      const [after, effects] = tree.step(state, { ...event, draw: 0.5, wall: 0 } as TreeEvent, now);
      state = after;
      return effects.flatMap(wordOf);
    };
    give(begin, 100);
    give(there("in/a"), 100);
    give({ type: "stop", by: "stop", path: ["in"] }, 100);
    give({ type: "tick" }, 105);
    give({ type: "tick" }, 110);
    expect(tree.deadline(state)).toBeNull();
  });
});
