// The contract of every adapter, sentence by sentence, with the real supervisor and real threads.

import { launcherCases } from "@steadfast/supervisor/testing";
import { it } from "vitest";
import { workerLauncher } from "../../src/index.js";
import { code, worker } from "./start.js";

const cases = launcherCases({
  completes: () => workerLauncher(code("")),
  fails: () => workerLauncher(code("throw new Error('boom')")),
  stopsWhenAsked: () => workerLauncher(worker("obeys.mjs")),
  ignoresStop: () => workerLauncher(code("setInterval(() => {}, 2 ** 30)")),
  cannotStart: () => workerLauncher(worker("nope.mjs")),
  saysReady: () => workerLauncher(worker("obeys.mjs")),
  countListeners: () =>
    process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
});

it.each(cases.map(({ name, run }) => [name, run] as const))("%s", async (_, run) => {
  await run();
});
