// Every example in a docstring runs as it stands, and what it claims is so. The README's programs are run by
// the conformance package.

import { describeExamples } from "../../../config/testing/examples.ts";
import * as own from "../src/index.js";
import { backoff, slidingWindow } from "./sample-policies.js";

describeExamples({
  folders: [new URL("../src/", import.meta.url)],
  scope: { slidingWindow, backoff, ...own },
  names: Object.entries(own).flatMap(([name, value]) => (typeof value === "function" ? name : [])),
});
