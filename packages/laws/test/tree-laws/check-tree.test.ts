// The laws of trees hold for the tree and for its twin; on trees with one defect each they do not.

import { supervisionTree } from "@steadfast/supervision/tree";
import { describe, expect, it } from "vitest";
import { checkTree, treeLaws, treeReport } from "../../src/index.js";
import { faultyTrees } from "./faulty-trees.js";
import { twinTree } from "./twin/twin.js";

const SEEDS = [1, 2, 3, 4, 5];

describe("the laws of trees", () => {
  it.each(treeLaws(supervisionTree, { runs: 100 }).map(({ name, run }) => [name, run] as const))(
    "%s holds for the tree",
    { timeout: 120_000 },
    (_, run) => {
      expect(run().verdict).toBe("passed");
    },
  );

  it("hold for its twin", { timeout: 120_000 }, () => {
    const { results } = treeReport(twinTree as never, { runs: 60 });
    expect(results.filter(({ verdict }) => verdict !== "passed")).toEqual([]);
  });

  it("hold for a tree that is given", { timeout: 120_000 }, () => {
    const options = { strategy: "rest-for-one", children: [{ id: "a" }, { id: "b" }] } as const;
    const { notRun } = checkTree(options, { runs: 200 });
    expect(Object.keys(notRun)).toContain("tree-nesting-is-transparent");
  });
});

describe("a faulty tree is caught by every one of five seeds:", () => {
  it.each(faultyTrees.map((one) => [one.name, one] as const))(
    "%s",
    { timeout: 120_000 },
    (_, one) => {
      for (const seed of SEEDS) {
        const { results } = treeReport(one.spoil(supervisionTree) as never, {
          seed,
          runs: 150,
          only: [one.law],
        });
        const [failed] = results.filter(({ verdict }) => verdict === "failed");
        expect(failed, `seed ${seed}`).toMatchObject({ law: one.law, vacuous: false });
      }
    },
  );
});
