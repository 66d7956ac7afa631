// `pnpm bench [suite...]`: prints tables, and writes what was measured under .results/bench/, a file a suite.
// ROUNDS=1 is a quick look; publish only figures from 7 rounds or more. Timings decide
// nothing: the exit code is 0 also where a reach is missed.

import { mkdirSync, writeFileSync } from "node:fs";
import { load, machine } from "./machine.ts";
import { tableText } from "./printed.ts";
import { type BenchRun, type Result, runTable } from "./runner.ts";
import { suiteNames, suiteOf } from "./suites.ts";

const asked = process.argv.slice(2);
const rounds = Number(process.env.ROUNDS ?? 7);
const folder = new URL("../.results/bench/", import.meta.url);

const { cpu, cores, node } = machine();
console.log(`${cores} x ${cpu}, Node ${node}, load ${load()}, ${rounds} rounds`);
console.log("median (smallest to largest), and as many times the first line's of the same round");
mkdirSync(folder, { recursive: true });
for (const name of asked.length > 0 ? asked : suiteNames) {
  const suite = await suiteOf(name);
  const results: Result[] = [];
  for (const table of suite.tables) {
    const result = await runTable(suite, table, rounds);
    results.push(result);
    console.log(`\n${tableText(table, result)}\n  load ${result.load.join(" to ")}`);
    const run: BenchRun = { machine: machine(), rounds, results };
    writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(run, null, 1)}\n`);
  }
}
