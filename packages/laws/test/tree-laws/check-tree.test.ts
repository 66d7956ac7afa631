// The laws of trees hold for the tree and for its twin. That they do not on the faulty trees of the museum is tried
// there; here, that some faults are caught by one law only.

import { supervisionTree } from "@steadfast/supervision/tree";
import { describe, expect, it } from "vitest";
import { checkTree, treeLaws, treeReport } from "../../src/index.js";
import { type ExhibitOf, museum } from "../../src/museum.js";
import { twinTree } from "./twin/twin.js";

describe("the laws of trees", () => {
  it.each(treeLaws(supervisionTree, { runs: 100 }).map(({ name, run }) => [name, run] as const))(
    "%s holds for the tree",
    { timeout: 120_000 },
    (_, run) => {
      expect(run().verdict).toBe("passed");
    },
  );

  it("hold for its twin", { timeout: 120_000 }, () => {
    const { results } = treeReport(twinTree as never, { runs: 200 });
    expect(results.filter(({ verdict }) => verdict !== "passed")).toEqual([]);
  });

  it("hold for a tree that is given", { timeout: 120_000 }, () => {
    const options = { strategy: "rest-for-one", children: [{ id: "a" }, { id: "b" }] } as const;
    const { notRun } = checkTree(options, { runs: 200 });
    expect(Object.keys(notRun)).toContain("tree-nesting-is-transparent");
  });
});

describe("a law of its own", () => {
  const ALONE = {
    "tree-graph-starts-wait": "tree-ready-is-completed",
    "tree-graph-starts-side-by-side": "tree-graph-is-a-chain",
    "tree-graph-stops-the-other-way": "tree-graph-stops-at-once",
    "tree-roll-keeps-enough-up": "tree-rolls-all-at-once",
    "tree-roll-restarts-everybody": "tree-rolls-nobody",
    "tree-roll-ends": "tree-roll-that-never-goes-on",
    "tree-read-back-goes-on": "tree-forgets-what-rolls",
    "tree-new-host-loses-everybody": "tree-loses-in-silence",
    "tree-new-host-starts-again": "tree-stays-down-under-a-new-host",
  };

  /** That it catches it is tried with the museum; here, with fewer runs, that no other law does. */
  it.each(Object.entries(ALONE))("only %s catches %s", { timeout: 120_000 }, (law, name) => {
    const { make } = museum.find((one) => one.name === name) as ExhibitOf<"tree">;
    const { results } = treeReport(make, { runs: 60 });
    const failed = results.flatMap((one) =>
      one.verdict === "failed" && !one.vacuous ? [one.law] : [],
    );
    expect(failed.filter((other) => other !== law)).toEqual([]);
  });
});
