// The program under examples/ runs as it stands.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("a month in no time", async () => {
  const file = fileURLToPath(new URL("../../examples/a-month-in-no-time.mjs", import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [file]);
  expect(stderr).toBe("");
  expect(stdout.trimEnd().split("\n")).toEqual([
    "day 7.25: attempt 10 failed",
    "day 14.75: attempt 20 failed",
    "day 22.25: attempt 30 failed",
    "day 29.29: attempt 40 completed",
    "completed after 40 attempts: at last; timers left: 0",
  ]);
});
