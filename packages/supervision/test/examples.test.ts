// Every example in a docstring runs as it stands, and what it claims is so.

import { readOptions, restartOn } from "@steadfast/policy";
import { describeExamples } from "../../../config/testing/examples.ts";
import * as own from "../src/index.js";
import * as tree from "../src/tree.js";

const scope = { ...own, ...tree, readOptions, restartOn };

describeExamples({
  folders: [new URL("../src/", import.meta.url)],
  scope,
  names: [
    "probeSettings",
    "supervision",
    "supervisionOf",
    "supervisionSettings",
    "supervisionTree",
    "supervisionTreeOf",
    "treeStatus",
  ],
});
