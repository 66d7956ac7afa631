import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("examples/how-the-sources-restart.mjs prints when each of them launches", async () => {
  const path = fileURLToPath(
    new URL("../../examples/how-the-sources-restart.mjs", import.meta.url),
  );
  const { stdout } = await promisify(execFile)(process.execPath, [path]);
  expect(stdout.trimEnd().split("\n")).toEqual([
    "epicsSupervise: 0, 10, 20, 30 s; over (window-full)",
    "epicsProcserv: 0, 15, 30, 45, 60 s; goes on",
    "caGateway: 0, 10, 10, 20 s; over (window-full)",
    "asynSupervise: 0, 0, 0, 0, 0 s; over (window-full)",
    "processmanager: 0, 0.2, 0.6, 1.4, 3, 6.2, 12.6, 25.4, 51 s; goes on",
    "processkit07: 0, 0.2, 0.6, 1.4, 3 s; over (cap-reached)",
    "processkit3: 0, 0.2, 0.6, 1.4, 3, 6.2, 27.6, 40.4 s; goes on",
    "tokioSlotState: 0, 0.01, 0.03, 0.07 s; over (window-full)",
    "tokioSlotLoop: 0, 0.01, 0.03, 0.07, 0.15 s; over (window-full)",
    "runningProcessRecovery: 0, 0.25, 30, 30.25, 60 s; goes on",
    "runningProcessSpawn: 0, 0, 0, 30, 30, 30, 60, 60, 60 s; goes on",
    "runpm: 0, 0.5, 1.5, 3.5, 7.5 s; over (errored)",
  ]);
});
