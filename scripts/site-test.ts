// `pnpm site:test`: builds the site and reads it in a real Chromium, with what stands in browser/. Where the libraries or Chromium
// are missing, it is skipped, with a line that says so; with STEADFAST_REQUIRE=all that is red.

import { skip, versionOfChromium } from "./chromium.ts";
import { run } from "./run.ts";
import { buildSite } from "./site.ts";

async function main(): Promise<number> {
  const site = await buildSite();
  if (site === "failed") return 1;
  const browser = ["--dir", "browser", "install", "--frozen-lockfile"];
  if (site === "not installed" || (await run("pnpm", browser, { CI: "true" })) !== 0) {
    return skip("site", "its libraries could not be installed (is the registry there?)");
  }
  const version = versionOfChromium();
  if (version === null) {
    return skip("site", "no chromium, its pages not tested (apt-get install chromium)");
  }
  return run("turbo", ["run", "//#test:site"], { STEADFAST_FOUND: version });
}

process.exitCode = await main();
