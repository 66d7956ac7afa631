// The examples in the runners that they are written for: a test for each law, and those that cannot be tried
// are skipped, with the reason in their names.

import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const examples = fileURLToPath(new URL("../../examples/", import.meta.url));
const run = promisify(execFile);

it("examples/node-test.mjs, with node:test", async () => {
  const { stdout } = await run(process.execPath, ["--test", join(examples, "node-test.mjs")]);
  expect(stdout).toContain("fail 0");
  expect(Number(/pass (\d+)/.exec(stdout)?.[1])).toBeGreaterThan(12);
  expect(Number(/skipped (\d+)/.exec(stdout)?.[1])).toBeGreaterThan(5);
  expect(stdout).toContain("it declares no limit with a windowMs");
});

it("examples/vitest.test.mjs, with vitest", async () => {
  const home = dirname(createRequire(import.meta.url).resolve("vitest/package.json"));
  // Without a cache: it would stand beside the examples, and be packed with them.
  const args = ["run", "--root", examples, "--no-cache", "--reporter=verbose", "vitest.test.mjs"];
  const env = { ...process.env, NO_COLOR: "1" };
  const { stdout } = await run(process.execPath, [join(home, "vitest.mjs"), ...args], { env });
  expect(stdout).not.toContain(" failed");
  expect(Number(/Tests +(\d+) passed/.exec(stdout)?.[1])).toBeGreaterThan(12);
  expect(Number(/(\d+) skipped \(/.exec(stdout)?.[1])).toBeGreaterThan(5);
  expect(stdout).toContain("rate-bound (not run: it declares no limit with a windowMs)");
});
