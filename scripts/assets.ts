// `pnpm assets`: builds the page of the dashboard into its package. What builds it stands in browser/, with a lockfile of its own, and
// is installed here; nothing else needs it. Built again only when the page has changed.

import { run } from "./run.ts";

/** Answers the exit code. */
export async function buildAssets(): Promise<number> {
  const install = await run("pnpm", ["--dir", "browser", "install", "--frozen-lockfile"], {
    CI: "true",
  });
  if (install !== 0) {
    console.log("assets: what builds the page could not be installed (is the registry there?)");
    return install;
  }
  return run("turbo", ["run", "//#build:page", "--output-logs=errors-only"]);
}

if (import.meta.main) process.exitCode = await buildAssets();
