// The tree against its twin, which shares no code with it: on random trees, whole effect lists, step by step.
// What must come up often is counted.

import { supervisionTree } from "@steadfast/supervision/tree";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Chronicle } from "../../src/tree-laws/chronicle.js";
import { Ledger } from "../../src/tree-laws/ledger.js";
import { type StoryParts, someStory, type TreeStory } from "../../src/tree-laws/story.js";
import { compared } from "./compare.js";
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
];

/** What came up in a story, seen from outside. */
function met({ taken }: Chronicle, { design }: TreeStory): ReadonlySet<string> {
  const found = new Set<string>();
  const ledger = new Ledger(design ?? null);
  taken.forEach((one, row) => {
    const seats = ledger.houses.flatMap((house) => [...house.seats.values()]);
    const isBusy = seats.some(({ present }) => present && (!present.isUp || present.asked));
    const type = one.event?.type;
    if (isBusy && type === "stop" && !one.event?.path) found.add("stop in a plan");
    if (isBusy && one.event && ("ref" in one.event || type === "restart" || type === "pause")) {
      found.add("order in a plan");
    }
    ledger.note(one, row, ({ effect, seat }) => {
      const { house } = seat;
      if (effect.type === "delayed" && house.design?.strategy !== "one-for-one") {
        const others = [...house.seats.values()].filter(
          ({ delay }) => delay && delay.until > one.now,
        );
        if (effect.until > one.now && others.some((other) => other !== seat))
          found.add("merged delays");
      }
      const isTree = ledger.kindOf(seat)?.tree;
      if (effect.type === "exited" && isTree && effect.exit.kind === "failed")
        found.add("nested give-up");
    });
  });
  return found;
}

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
