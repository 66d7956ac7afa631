import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("examples/delays.mjs prints what a crashing child waits", async () => {
  const path = fileURLToPath(new URL("../../examples/delays.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path]);
  expect(stdout.trimEnd().split("\n")).toEqual([
    "ran for 10 ms, crashed at 10 ms, waits 200 ms",
    "ran for 10 ms, crashed at 220 ms, waits 400 ms",
    "ran for 10 ms, crashed at 630 ms, waits 800 ms",
    "ran for 10 ms, crashed at 1440 ms, waits 1600 ms",
    "ran for 10 ms, crashed at 3050 ms, waits 3200 ms",
    "ran for 10 ms, crashed at 6260 ms, waits 5000 ms",
    "ran for 60000 ms, crashed at 71260 ms, waits 200 ms",
    "ran for 10 ms, crashed at 71470 ms, waits 400 ms",
  ]);
});
