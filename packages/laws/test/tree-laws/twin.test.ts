// The tree against its twin, which shares no code with it: on random trees, whole effect lists, step by step.
// What must come up often is counted.

import { supervisionTree } from "@steadfast/supervision/tree";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type StoryParts, someStory } from "../../src/tree-laws/story.js";
import { compared } from "./compare.js";
import { met } from "./met.js";
import { regressions } from "./regressions.js";

/** `pnpm laws` sets a larger number of runs than the gate. */
const isLong = Number(process.env.FC_NUM_RUNS ?? 100) > 100;
const TIMES = isLong ? 10 : 1;

interface Batch {
  readonly name: string;
  readonly runs: number;
  readonly parts: StoryParts;
  /** The state goes through JSON and `parse` after every step. */
  readonly isReread?: boolean;
  /** The least number of stories in which each came up. */
  readonly least: { readonly [what: string]: number };
}

const BATCHES: readonly Batch[] = [
  {
    name: "trees in trees in trees",
    runs: 5_000,
    parts: { depth: 3 },
    least: {
      "merged delays": 10,
      "nested give-up": 200,
      "stop in a plan": 250,
      "order in a plan": 500,
    },
  },
  {
    name: "groups that wait",
    runs: 3_000,
    parts: { depth: 2, groups: true },
    least: { "merged delays": 60, "stop in a plan": 300, "order in a plan": 500 },
  },
  {
    name: "the state read back after every step",
    runs: 2_000,
    parts: { depth: 2, jumps: false },
    isReread: true,
    least: { "stop in a plan": 50, "order in a plan": 100 },
  },
  {
    name: "starts as a graph",
    runs: 2_500,
    parts: { depth: 2, graphs: true },
    least: { "start that waited for others": 60, "waited in vain": 100 },
  },
  {
    name: "rolling restarts",
    runs: 2_000,
    parts: { depth: 2, rolls: true },
    least: { "crash in a roll": 150, "roll that waited": 200, "start that waited for others": 150 },
  },
  {
    name: "hand-overs of graphs and rolling restarts",
    runs: 2_000,
    parts: { depth: 2, rolls: true, handOvers: true },
    least: { "hand-over in a plan": 80, "hand-over in a roll": 30 },
  },
  {
    name: "hand-overs of groups",
    runs: 1_500,
    parts: { depth: 2, groups: true, handOvers: true },
    least: { "hand-over in a plan": 40, "hand-over of a group that waits": 40 },
  },
  {
    name: "graphs and rolling restarts read back after every step",
    runs: 1_000,
    parts: { depth: 2, rolls: true, handOvers: true, jumps: false },
    isReread: true,
    least: { "crash in a roll": 60, "roll that waited": 80, "hand-over in a plan": 30 },
  },
];

describe("the tree does what its twin does", () => {
  it.each(BATCHES)("$name", { timeout: 600_000 * TIMES }, ({ runs, parts, isReread, least }) => {
    const counts: Record<string, number> = {};
    const property = fc.property(someStory(parts, true), (story) => {
      const { chronicle, difference } = compared(supervisionTree, story, isReread);
      if (difference !== null) throw new Error(difference);
      for (const what of met(chronicle, story)) counts[what] = (counts[what] ?? 0) + 1;
    });
    fc.assert(property, { numRuns: runs * TIMES });
    const rare = Object.entries(least).filter(([what, many]) => (counts[what] ?? 0) < many);
    expect(rare, JSON.stringify(counts)).toEqual([]);
  });

  it.each(regressions)("where it once did not: $0", (_, story) => {
    expect(compared(supervisionTree, story).difference).toBeNull();
  });
});
