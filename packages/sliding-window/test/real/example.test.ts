import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("examples/crash-loop.mjs prints when a crashing child is launched and when refused", async () => {
  const path = fileURLToPath(new URL("../../examples/crash-loop.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path]);
  expect(stdout.trimEnd().split("\n")).toEqual([
    "launched at 0 ms",
    "launched at 1000 ms",
    "launched at 2000 ms",
    "refused at 3000 ms for 7000 ms",
    "launched at 10000 ms",
    "launched at 11000 ms",
    "launched at 12000 ms",
  ]);
});
