// What is remembered of a tree, looked up by the way to it: nobody where nobody stands, whatever the way.

import { describe, expect, it } from "vitest";
import { supervisionTree, type TreeState } from "../../src/tree.js";
import { TreeWorld } from "./world.js";

const deep = supervisionTree({ children: [{ id: "x" }] });
const inner = supervisionTree({ children: [{ id: "deep", tree: deep }, { id: "y" }] });
const world = new TreeWorld({ children: [{ id: "in", tree: inner }, { id: "a" }] });
const { tree, state: before } = world;
const { state } = world.begin();

/** The kind of the child, the name of its policy, and the names in it. */
const seen = (from: TreeState, ...path: string[]) => [
  tree.child(from, path)?.kind ?? null,
  tree.policy(from, path)?.policy.name ?? null,
  tree.children(from, path),
];

describe("a way", () => {
  it.each<readonly [string, readonly unknown[]]>([
    ["", [null, null, ["in", "a"]]],
    ["a", ["a", "restartOn", []]],
    ["in", ["in", "restartOn", ["deep", "y"]]],
    ["in/y", ["y", "restartOn", []]],
    ["in/deep", ["deep", "restartOn", ["x"]]],
    ["in/deep/x", ["x", "restartOn", []]],
    ["no", [null, null, []]],
    ["a/x", [null, null, []]],
    ["in/no", [null, null, []]],
    ["in/y/x", [null, null, []]],
    ["no/x", [null, null, []]],
  ])("%s", (way, found) => {
    expect(seen(state, ...way.split("/").filter(Boolean))).toEqual(found);
  });

  it("into a tree that is not there leads to nobody", () => {
    expect(seen(before, "in")).toEqual(["in", "restartOn", []]);
    expect(seen(before, "in", "y")).toEqual([null, null, []]);
  });
});
