// `pnpm engines`: the bridges against real libraries and servers. The libraries stand in engines/, with a lockfile of
// its own, and are installed here. A server that is missing is a line that says how to get it, and its tests are
// skipped; with STEADFAST_REQUIRE=all it is red. The key of turbo's cache has the versions that were found, so that a
// skip is never taken for a pass.

import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { found, TOOLS } from "../engines/tools.ts";
import { run } from "./run.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const isRequired = process.env.STEADFAST_REQUIRE === "all";

/** A report without a test, where none could be run. */
function nothingRun(): void {
  const report = { success: true, numPassedTests: 0, numFailedTests: 0, testResults: [] };
  mkdirSync(`${root}/.results`, { recursive: true });
  writeFileSync(`${root}/.results/engines.json`, JSON.stringify(report));
}

async function main(): Promise<number> {
  const install = await run("pnpm", ["--dir", "engines", "install", "--frozen-lockfile"], {
    CI: "true",
  });
  if (install !== 0) {
    console.log("engines: the libraries could not be installed (is the registry there?): skipped");
    if (!isRequired) nothingRun();
    return isRequired ? install : 0;
  }
  const versions = found();
  for (const [name, { apt, tests }] of Object.entries(TOOLS)) {
    if (versions[name] !== null) continue;
    const how = isRequired ? "red" : "skipped";
    console.log(`engines: no ${name}, ${tests} not tested: ${how} (apt-get install ${apt})`);
  }
  const code = await run("turbo", ["run", "//#test:engines"], {
    STEADFAST_FOUND: JSON.stringify(versions),
  });
  const missing = Object.values(versions).filter((version) => version === null).length;
  return isRequired && missing > 0 ? 1 : code;
}

process.exitCode = await main();
