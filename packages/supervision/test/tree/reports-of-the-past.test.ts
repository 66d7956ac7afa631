// A report of somebody inside a tree that has begun again in the same step is of one who stood in it before; reports of
// others are not.

import { expect, it } from "vitest";
import { type ChildSpec, supervisionTree, type TreeOptions } from "../../src/tree.js";
import { atMost, delay } from "./policies.js";
import { explicit as child, TreeWorld } from "./world.js";

const inner = (options: TreeOptions) => supervisionTree(options);

const again = inner({ budget: atMost(0), children: [child("x")] });
const quick: ChildSpec = { id: "in", tree: again, policy: delay(50) };
const deep = (...more: ChildSpec[]): ChildSpec => ({
  id: "deep",
  tree: inner({ children: [child("a"), ...more] }),
});

it.each([
  ["beside it", "in/x", [quick, deep()]],
  ["around it", "deep/in/x", [deep(quick)]],
])("what was due has begun a tree again: who reports from one %s is heard", (_, x, children) => {
  const world = new TreeWorld({ children }).begin();
  world.crash(100, x).crash(150, "deep/a").run(200);
  expect(world.story.slice(2).join(" ")).toBe(`100 ${x}! 150 deep/a! 150 +${x} 150 +deep/a`);
});
