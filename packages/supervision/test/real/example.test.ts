import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("examples/by-hand.mjs supervises a real child with nothing but the value", async () => {
  const path = fileURLToPath(new URL("../../examples/by-hand.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path]);
  expect(stdout.trimEnd().split("\n")).toEqual([
    "attempt 1 ended with code 1",
    "attempt 2 ended with code 1",
    "attempt 3 ended with code 0",
    "over: completed",
  ]);
});
