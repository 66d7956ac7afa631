// The tree against its twin on some hundred random trees, for `pnpm mutate supervision`: ten thousand, as in
// twin.test.ts, take too long for a mutant.

import { supervisionTree } from "@steadfast/supervision/tree";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type StoryParts, someStory } from "../../src/tree-laws/story.js";
import { compared } from "./compare.js";
import { regressions } from "./regressions.js";

interface Batch {
  readonly name: string;
  readonly parts: StoryParts;
  readonly isReread?: boolean;
}

const RUNS = 120;

const BATCHES: readonly Batch[] = [
  { name: "trees in trees", parts: { depth: 3 } },
  { name: "groups that are handed over", parts: { depth: 2, groups: true, handOvers: true } },
  { name: "graphs and rolling restarts", parts: { depth: 2, rolls: true, graphs: true } },
  {
    name: "read back after every step",
    parts: { depth: 2, rolls: true, jumps: false },
    isReread: true,
  },
];

it.each(regressions)("where it once did not do what its twin does: $0", (_, story) => {
  expect(compared(supervisionTree, story).difference).toBeNull();
});

it.each(BATCHES)("$name", ({ parts, isReread }) => {
  const property = fc.property(someStory(parts, true), (story) => {
    const { difference } = compared(supervisionTree, story, isReread);
    if (difference !== null) throw new Error(difference);
  });
  fc.assert(property, { numRuns: RUNS });
});
