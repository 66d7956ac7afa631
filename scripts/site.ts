// `pnpm site`: the documentation as static pages, in site/dist/www. What builds it stands in site/, with a lockfile of its own, and is
// installed here; nothing else needs it. Built again only when a page, or a file that pages link to, has changed.

import { run } from "./run.ts";

export type BuiltSite = "built" | "not installed" | "failed";

export async function buildSite(): Promise<BuiltSite> {
  const install = await run("pnpm", ["--dir", "site", "install", "--frozen-lockfile"], {
    CI: "true",
  });
  if (install !== 0) return "not installed";
  return (await run("turbo", ["run", "//#build:site"])) === 0 ? "built" : "failed";
}

if (import.meta.main) {
  const result = await buildSite();
  console.log(result === "built" ? "site: site/dist/www/index.html" : `site: ${result}`);
  process.exitCode = result === "built" ? 0 : 1;
}
