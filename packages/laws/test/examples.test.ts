// Every example in a docstring of the main entry runs as it stands, and what it claims is so.

import * as childSlot from "@steadfast/child-slot";
import * as policy from "@steadfast/policy";
import * as tree from "@steadfast/supervision/tree";
import { describeExamples } from "../../../config/testing/examples.ts";
import * as own from "../src/index.js";

describeExamples({
  folders: ["policy-laws", "composition-laws", "slot-laws", "tree-laws"].map(
    (folder) => new URL(`../src/${folder}/`, import.meta.url),
  ),
  scope: { ...policy, ...childSlot, ...tree, ...own },
  // Those of launchers need a launcher.
  names: Object.keys(own).filter((name) =>
    /^(check|matches|policy|slot|tree)(?!Launcher)/.test(name),
  ),
});
