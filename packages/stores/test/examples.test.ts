// Every example in a docstring runs as it stands, and what it claims is so.

import * as policy from "@steadfast/policy";
import * as tasks from "@steadfast/promise-tasks";
import * as windows from "@steadfast/sliding-window";
import * as supervisor from "@steadfast/supervisor";
import { describeExamples } from "../../../config/testing/examples.ts";
import * as own from "../src/index.js";
import * as memory from "../src/memory.js";
import * as postgres from "../src/postgres.js";
import * as redis from "../src/redis.js";
import * as testing from "../src/testing.js";

const all = { ...own, ...memory, ...redis, ...postgres, ...testing };

describeExamples({
  folders: [new URL("../src/", import.meta.url)],
  scope: { ...policy, ...tasks, ...windows, ...supervisor, ...all },
  names: Object.keys(all),
});
