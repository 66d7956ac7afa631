// `pnpm browser`: the dashboard in a real Chromium. Without one its tests are skipped, with a line that says how to get it;
// with STEADFAST_REQUIRE=all that is red. The key of turbo's cache has its version.

import { buildAssets } from "./assets.ts";
import { skip, versionOfChromium } from "./chromium.ts";
import { run } from "./run.ts";

async function main(): Promise<number> {
  const assets = await buildAssets();
  if (assets !== 0) return assets;
  const version = versionOfChromium();
  if (version === null) {
    const why = "no chromium, the dashboard's page not tested (apt-get install chromium)";
    return skip("browser", why);
  }
  return run("turbo", ["run", "//#test:browser"], { STEADFAST_FOUND: version });
}

process.exitCode = await main();
