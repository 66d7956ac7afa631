// `pnpm browser`: the dashboard in a real Chromium. Without one its tests are skipped, with a line that says how to get it;
// with STEADFAST_REQUIRE=all that is red. The key of turbo's cache has its version.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildAssets } from "./assets.ts";
import { run } from "./run.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const isRequired = process.env.STEADFAST_REQUIRE === "all";

function versionOfChromium(): string | null {
  const { status, stdout } = spawnSync("/usr/bin/chromium", ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}

/** A report without a test, where none could be run. */
function nothingRun(): void {
  const report = { success: true, numPassedTests: 0, numFailedTests: 0, testResults: [] };
  mkdirSync(`${root}/.results`, { recursive: true });
  writeFileSync(`${root}/.results/browser.json`, JSON.stringify(report));
}

async function main(): Promise<number> {
  const assets = await buildAssets();
  if (assets !== 0) return assets;
  const version = versionOfChromium();
  if (version === null) {
    const how = isRequired ? "red" : "skipped";
    console.log(
      `browser: no chromium, the dashboard's page not tested: ${how} (apt-get install chromium)`,
    );
    if (!isRequired) nothingRun();
    return isRequired ? 1 : 0;
  }
  return run("turbo", ["run", "//#test:browser"], { STEADFAST_FOUND: version });
}

process.exitCode = await main();
