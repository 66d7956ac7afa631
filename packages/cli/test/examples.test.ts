// Every example in a docstring runs as it stands, and what it claims is so.

import { slidingWindow } from "@steadfast/sliding-window";
import { describeExamples } from "../../../config/testing/examples.ts";
import * as own from "../src/index.js";

describeExamples({
  folders: [new URL("../src/", import.meta.url)],
  scope: { ...own, slidingWindow },
  names: Object.keys(own),
});
