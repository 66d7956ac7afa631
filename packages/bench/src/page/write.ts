// `pnpm performance [--take]`: writes docs/performance.md and its plots from published/. With `--take` first takes
// over what the last runs of `pnpm bench:peers` and `pnpm soak` wrote under .results.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Machine } from "../machine.ts";
import type { Run } from "../soak/run.ts";
import { suiteNames } from "../suites.ts";
import { PAGE, PLOTS, plots, written } from "./page.ts";
import { PUBLISHED, soakSummary, taken } from "./published.ts";

const RESULTS = new URL("../../.results/", import.meta.url);

function take(): void {
  mkdirSync(PUBLISHED, { recursive: true });
  const save = (name: string, value: unknown) =>
    writeFileSync(new URL(`${name}.json`, PUBLISHED), `${JSON.stringify(value, null, 1)}\n`);
  for (const name of suiteNames) {
    const file = new URL(`bench/${name}.json`, RESULTS);
    if (existsSync(file)) save(name, taken(JSON.parse(readFileSync(file, "utf8"))));
  }
  const soak = new URL("soak.json", RESULTS);
  if (!existsSync(soak)) return;
  const run = JSON.parse(readFileSync(soak, "utf8")) as Run & { readonly machine: Machine };
  save("soak", soakSummary(run));
}

if (process.argv.includes("--take")) take();
mkdirSync(PLOTS, { recursive: true });
writeFileSync(PAGE, await written(readFileSync(PAGE, "utf8")));
for (const [name, text] of Object.entries(await plots())) writeFileSync(new URL(name, PLOTS), text);
