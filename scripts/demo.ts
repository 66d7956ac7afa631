// `pnpm demo`: builds and starts the sample app. With --dashboard also the page, whose tools nothing else installs.

import { buildAssets } from "./assets.ts";
import { run } from "./run.ts";

const args = process.argv.slice(2);
const build = ["run", "build", "--filter=@steadfast/sample", "--output-logs=errors-only"];

async function main(): Promise<number> {
  // Nobody reads the types of a demo, and they are most of what a build takes.
  const built = await run("turbo", build, { STEADFAST_TYPES: "none" });
  if (built !== 0) return built;
  const page = args.includes("--dashboard") ? await buildAssets() : 0;
  if (page !== 0) return page;
  return run("node", ["apps/sample/dist/main.js", "--chaos", ...args]);
}

process.exitCode = await main();
