// The laws of trees, tried on anybody's tree.

import { readArguments } from "@steadfast/policy";
import type { TreeOptions } from "@steadfast/supervision/tree";
import { checker } from "../kernel/checker.js";
import type { Law } from "../kernel/law.js";
import type { LawCase } from "../kernel/law-case.js";
import { paste } from "../kernel/paste.js";
import type { LawReport } from "../kernel/report.js";
import type { CheckOptions } from "../kernel/settings.js";
import { attemptLaws } from "./attempt-laws.js";
import { budgetLaws } from "./budget-law.js";
import { delayLaws } from "./delay-laws.js";
import type { MakeTree } from "./design.js";
import { endLaws } from "./end-laws.js";
import { graphLaws } from "./graph-laws.js";
import { groupLaws } from "./group-laws.js";
import { handOverLaws } from "./hand-over-laws.js";
import { nestingLaws } from "./nesting-law.js";
import { orderLaws } from "./order-laws.js";
import { rollLaws } from "./roll-laws.js";
import { stateLaws } from "./state-laws.js";
import { type TreeSubject, treeSubject } from "./subject.js";

/**
 * How a tree is checked.
 * @since 0.1.0
 */
export interface TreeCheckOptions extends CheckOptions {
  /** What it is called in reports. Default: the name of the function, or `tree`. */
  readonly name?: string;
}

const LAWS: readonly Law<TreeSubject>[] = [
  ...attemptLaws,
  ...orderLaws,
  ...groupLaws,
  ...delayLaws,
  ...budgetLaws,
  ...endLaws,
  ...nestingLaws,
  ...graphLaws,
  ...rollLaws,
  ...handOverLaws,
  ...stateLaws,
];

const { check, report, cases } = checker(LAWS, paste("checkTree(tree"), ["name"]);

/**
 * Tries the laws of trees: at most one attempt per child, the order of starts and stops, who is restarted with
 * whom, delays and budgets of groups, a stop that always ends, orders that are answered, nesting that nobody
 * notices, starts as a graph, rolling restarts, hand-over to a new host, plain state and honest deadlines.
 *
 * Give a function that makes trees of options, as `supervisionTree` does: then every law is tried on many random
 * trees, with trees in them. Or give the options of your own tree: then random things happen to that one, and
 * what it launches lives and dies by chance. The tree is only seen from outside, by its effects. A law fails too
 * if its interesting case came up too rarely to tell.
 *
 * Not covered: of one tree that is given, what its policies allow and what stands inside the trees in it.
 *
 * Effect: none, but that the tree is stepped many times, on virtual time. Errors: `LawsBrokenError` with every
 * law that is broken, each with the shrunk story as a table and a test to paste; `PolicyOptionsError` for a bad
 * option.
 *
 * @since 0.1.0
 * @example
 * const report = checkTree(supervisionTree, { runs: 40, only: ["tree-at-most-one-alive"] });
 * report.passed; // => ["tree-at-most-one-alive"]
 */
export function checkTree(tree: MakeTree | TreeOptions, options: TreeCheckOptions = {}): LawReport {
  readArguments("checkTree", arguments, 2);
  return check("checkTree", treeSubject(tree, options.name), options);
}

/**
 * What `checkTree` finds, as data, whether or not a law is broken.
 *
 * Effect: that of `checkTree`. Errors: `PolicyOptionsError` for a bad option.
 *
 * @since 0.1.0
 * @example
 * const { results } = treeReport({ children: [{ id: "web" }] }, { only: ["tree-ends-once"] });
 * results.filter(({ verdict }) => verdict === "failed"); // => []
 */
export function treeReport(
  tree: MakeTree | TreeOptions,
  options: TreeCheckOptions = {},
): LawReport {
  readArguments("treeReport", arguments, 2);
  return report("treeReport", treeSubject(tree, options.name), options);
}

/**
 * The laws of `checkTree` one by one: a test for each in any runner.
 *
 * Effect: none; each `run` tries its law and throws where it is broken. Errors: `PolicyOptionsError` for a bad
 * option.
 *
 * @since 0.1.0
 * @example
 * const laws = treeLaws(supervisionTree, { runs: 40 });
 * // for (const { name, run } of laws) test(name, run);
 * laws[0]?.name; // => "tree-at-most-one-alive"
 */
export function treeLaws(
  tree: MakeTree | TreeOptions,
  options: TreeCheckOptions = {},
): readonly LawCase[] {
  readArguments("treeLaws", arguments, 2);
  return cases("treeLaws", treeSubject(tree, options.name), options);
}
