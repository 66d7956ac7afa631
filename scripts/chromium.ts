// Whether there is a Chromium for the tests in a browser, and what is done without one: a line says how to get it, and what it
// would have tested is skipped; with STEADFAST_REQUIRE=all that is red.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const isRequired = process.env.STEADFAST_REQUIRE === "all";

export function versionOfChromium(): string | null {
  const { status, stdout } = spawnSync("/usr/bin/chromium", ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}

/** Says why nothing was run, leaves a report without a test, and answers the exit code. */
export function skip(name: string, why: string): number {
  console.log(`${name}: ${why}: ${isRequired ? "red" : "skipped"}`);
  if (isRequired) return 1;
  const report = { success: true, numPassedTests: 0, numFailedTests: 0, testResults: [] };
  mkdirSync(`${root}/.results`, { recursive: true });
  writeFileSync(`${root}/.results/${name}.json`, JSON.stringify(report));
  return 0;
}
