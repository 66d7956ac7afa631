// `pnpm compare [--write]`: runs every scenario against the peer that failed in it, and prints the table. With
// `--write` the run goes to published/ and the table into docs/compared.md. Decides nothing: the exit code is 0.

import { readFileSync, writeFileSync } from "node:fs";
import { COMPARED, RUN } from "./published.ts";
import { compared } from "./run.ts";
import type { Comparison, Row } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";
import { tableOf, verdictOf, writtenPage } from "./table.ts";

const rows: Row[] = [];
for (const scenario of scenarios) {
  const row = await compared(scenario);
  rows.push(row);
  console.error(`${scenario.name}: ${scenario.peer} ${row.version}: ${row.theirs.did}`);
  console.error(`${" ".repeat(scenario.name.length)}  ours: ${row.ours.did} (${verdictOf(row)})`);
}
const comparison: Comparison = { at: new Date().toISOString(), node: process.version, rows };
console.log(tableOf(scenarios, comparison));
if (process.argv.includes("--write")) {
  writeFileSync(RUN, `${JSON.stringify(comparison, null, 1)}\n`);
  writeFileSync(COMPARED, writtenPage(readFileSync(COMPARED, "utf8"), scenarios, comparison));
}
