// Every example in a docstring of these four runs as it stands, and what it claims is so.

import * as policy from "@steadfast/policy";
import { describeExamples } from "../../../../config/testing/examples.ts";
import * as diff from "../../src/diff.js";
import * as explain from "../../src/explain.js";
import * as lint from "../../src/lint.js";
import * as simulate from "../../src/simulate.js";

const own = { ...simulate, ...lint, ...explain, ...diff };

describeExamples({
  folders: ["simulate", "lint", "explain", "diff"].map(
    (folder) => new URL(`../../src/${folder}/`, import.meta.url),
  ),
  scope: { ...policy, ...own },
  names: Object.keys(own),
});
