import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("examples/plain-spawn.mjs starts, restarts and stops a real process", async () => {
  const path = fileURLToPath(new URL("../../examples/plain-spawn.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path]);
  expect(stdout.trimEnd().split("\n")).toEqual([
    "1 launch",
    "1 ready",
    "1 queued-after-stop",
    "1 request-stop restart",
    "1 exited",
    "2 launch",
    "2 ready",
    "2 request-stop stop",
    "2 exited",
  ]);
});
