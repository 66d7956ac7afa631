// A step copies the way to the child that it is about, and no other page.

import { expect, it } from "vitest";
import { type Page, supervisionTree, type TreeEvent, type TreeState } from "../../src/tree.js";

const N = 1_100; // three levels of pages
const given = { draw: 0.5, wall: 0 };

function pagesOf(page: Page<unknown> | null, found = new Set<unknown>()): Set<unknown> {
  if (!page) return found;
  found.add(page);
  for (const part of page.of) if (part && "of" in part) pagesOf(part, found);
  return found;
}

/** How many pages of the one are not in the other. */
function copied(before: TreeState, after: TreeState): number {
  const old = pagesOf(before.pages);
  return [...pagesOf(after.pages)].filter((page) => !old.has(page)).length;
}

it("of one child among 1 100: at most one page of each height", () => {
  const kinds = { task: {} };
  const tree = supervisionTree({ notes: false, kinds });
  let state = tree.step(tree.initial(), { type: "begin", ...given }, 0)[0];
  const step = (event: TreeEvent): readonly [TreeState, TreeState] => {
    const before = state;
    [state] = tree.step(state, event, 0);
    return [before, state];
  };
  const tell = (path: string, type: "launched" | "exited", generation: number) =>
    type === "launched"
      ? step({ type, generation, path: [path], ...given })
      : step({ type, generation, exit: { kind: "failed" }, path: [path], ...given });
  for (let i = 0; i < N; i++) {
    step({ type: "start-child", id: `t${i}`, kind: "task", ref: i, ...given });
    tell(`t${i}`, "launched", 0);
  }
  const height = state.pages?.height ?? 0;
  expect(height).toBe(2);
  for (const id of ["t0", "t700", `t${N - 1}`]) {
    expect(copied(...tell(id, "exited", 0))).toBe(height + 1);
    expect(copied(...tell(id, "launched", 1))).toBe(height + 1);
  }
  expect(copied(...step({ type: "terminate-child", id: "t99", ref: 1, ...given }))).toBe(
    height + 1,
  );
  const nothing = step({ type: "tick", ...given });
  expect(nothing[0]).toBe(nothing[1]);
});
