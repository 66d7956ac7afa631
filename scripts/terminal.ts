// `pnpm terminal`: the command on a real pseudo-terminal. What opens one and reads its screen stands in terminal/, with a
// lockfile of its own, and is installed here. Where that is not possible, its tests are skipped, with a line that says so;
// with STEADFAST_REQUIRE=all it is red.

import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { run } from "./run.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const isRequired = process.env.STEADFAST_REQUIRE === "all";

/** A report without a test, where none could be run. */
function nothingRun(): void {
  const report = { success: true, numPassedTests: 0, numFailedTests: 0, testResults: [] };
  mkdirSync(`${root}/.results`, { recursive: true });
  writeFileSync(`${root}/.results/terminal.json`, JSON.stringify(report));
}

async function main(): Promise<number> {
  const install = await run("pnpm", ["--dir", "terminal", "install", "--frozen-lockfile"], {
    CI: "true",
  });
  if (install === 0) return run("turbo", ["run", "//#test:terminal"]);
  console.log("terminal: its libraries could not be installed (is the registry there?): skipped");
  if (!isRequired) nothingRun();
  return isRequired ? install : 0;
}

process.exitCode = await main();
