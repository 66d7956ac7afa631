import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("examples/retry-once.mjs prints what a crashing child is told", async () => {
  const path = fileURLToPath(new URL("../../examples/retry-once.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path]);
  expect(stdout.trimEnd().split("\n")).toEqual([
    "crashed at 2000: retried after 250 ms",
    "crashed at 4250: budget-spent, ask again in 27750 ms",
    "asked at 32000: launched",
    "crashed at 34000: retried after 250 ms",
    "crashed at 36250: budget-spent, ask again in 27750 ms",
    "asked at 64000: launched",
  ]);
});
