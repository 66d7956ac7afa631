// Every example in a docstring runs as it stands, and what it claims is so.

import * as policy from "@steadfast/policy";
import { describeExamples } from "../../../config/testing/examples.ts";
import * as alarm from "../src/alarm.js";
import { answerer, answerSignal, moved, thrownNote, thrownOf } from "../src/answering.js";
import * as console from "../src/console.js";
import * as supervisor from "../src/index.js";
import * as node from "../src/node.js";
import { requestLayer } from "../src/requests.js";
import * as testing from "../src/testing.js";
import * as tree from "../src/tree.js";
import { delay } from "./policies.js";

const completes: supervisor.Launcher = {
  launch: (info) => testing.scriptedLauncher(supervisor.realSystem, [{ runMs: 0 }]).launch(info),
};

/** What the examples take for granted. */
const scope = {
  ...policy,
  ...supervisor,
  ...alarm,
  ...console,
  ...node,
  ...testing,
  ...tree,
  requestLayer,
  answerer,
  answerSignal,
  moved,
  thrownNote,
  thrownOf,
  launcher: completes,
  launchers: [completes, completes],
  makers: { cannotStart: null, saysReady: null },
  policy: policy.restartOn("transient"),
  backoff: () => delay(0),
  slidingWindow: () => ({ ...delay(0), name: "slidingWindow" }),
  taskLauncher: () => completes,
  fetchPrices: () => {},
  answerRequests: () => {},
  test: () => {},
};

describeExamples({
  folders: [new URL("../src/", import.meta.url)],
  scope,
  names: Object.entries({ ...supervisor, ...alarm, ...console, ...node, ...testing, ...tree })
    .filter(([name, value]) => typeof value === "function" && /^[a-z]/.test(name))
    .map(([name]) => name)
    .filter((name) => name !== "isContractError"),
});
