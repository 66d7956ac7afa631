// Thousands of children may be due in one step: those that were started together are healthy together. The
// pages are written a few times for each of them, not once for every pair.

import { afterEach, expect, it, vi } from "vitest";
import { supervisionTree, type TreeEvent } from "../../src/tree.js";

// Each page that is written is a copy of its array: two of them for each write, since the tree has two levels.
const copied = vi.spyOn(Array.prototype, "slice");
const LEVELS = 2;
// Whether a child has changed is looked at field by field: once for each time that it is to be written.
const compared = vi.spyOn(Array.prototype, "every");

afterEach(() => vi.restoreAllMocks());

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
  copied.mockClear();
  compared.mockClear();
  const effects = step({ type: "tick", ...given }, due ?? 0);
  const looks = compared.mock.calls.length;
  const written = copied.mock.calls.length / LEVELS;
  expect(state.pages?.height).toBe(LEVELS - 1);
  expect(effects.filter((one) => one.type === "report")).toHaveLength(N);
  expect(tree.deadline(state)).toBeNull();
  expect(written).toBeGreaterThanOrEqual(N);
  expect(written).toBeLessThanOrEqual(4 * N);
  expect(looks).toBeLessThanOrEqual(4 * N);
});
