import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("examples/node-test.mjs: a test for each law, and those that are not run are skipped", async () => {
  const path = fileURLToPath(new URL("../../examples/node-test.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--test", path]);
  expect(stdout).toContain("fail 0");
  expect(Number(/pass (\d+)/.exec(stdout)?.[1])).toBeGreaterThan(12);
  expect(Number(/skipped (\d+)/.exec(stdout)?.[1])).toBeGreaterThan(5);
  expect(stdout).toContain("it declares no limit with a windowMs");
});
