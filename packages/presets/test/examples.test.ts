// Every example in a docstring runs as it stands, and what it claims is so.

import * as policy from "@steadfast/policy";
import { describeExamples } from "../../../config/testing/examples.ts";
import * as own from "../src/index.js";
import * as otp from "../src/otp-supervisor.js";

describeExamples({
  folders: [new URL("../src/", import.meta.url)],
  scope: { ...policy, ...own, ...otp },
  names: [...Object.keys(own), ...Object.keys(otp)],
});
