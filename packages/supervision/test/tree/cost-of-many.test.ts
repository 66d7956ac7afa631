// Thousands of children may be due in one step: those that were started together are healthy together. The
// pages are written a few times for each of them, not once for every pair.

import { beforeEach, expect, it, vi } from "vitest";
import { supervisionTree, type TreeEvent } from "../../src/tree.js";

const written = vi.hoisted(() => ({ times: 0 }));

vi.mock("../../src/tree/pages.js", async (original) => {
  const pages = await original<typeof import("../../src/tree/pages.js")>();
  return {
    ...pages,
    setItem: (...args: Parameters<typeof pages.setItem>) => {
      written.times += 1;
      return pages.setItem(...args);
    },
  };
});

beforeEach(() => {
  written.times = 0;
});

const N = 1_000;
const AT = 7;
const given = { draw: 0.5, wall: 0 };

it("of a thousand that are healthy at once", () => {
  const tree = supervisionTree({ notes: false, kinds: { task: {} } });
  let state = tree.initial();
  const step = (event: TreeEvent, now: number) => {
    const [next, effects] = tree.step(state, event, now);
    state = next;
    return effects;
  };
  step({ type: "begin", ...given }, 0);
  for (let i = 0; i < N; i++) {
    step({ type: "start-child", id: `t${i}`, kind: "task", ref: i, ...given }, AT);
    step({ type: "launched", generation: 0, path: [`t${i}`], ...given }, AT);
  }
  const due = tree.deadline(state);
  expect(due).not.toBeNull();
  written.times = 0;
  const effects = step({ type: "tick", ...given }, due ?? 0);
  expect(effects.filter((one) => one.type === "report")).toHaveLength(N);
  expect(tree.deadline(state)).toBeNull();
  expect(written.times).toBeGreaterThanOrEqual(N);
  expect(written.times).toBeLessThanOrEqual(4 * N);
});
