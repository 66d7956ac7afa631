// `pnpm soak --minutes N [--seed S]`: runs, writes .results/soak.html and .results/soak.json, prints what it says,
// and exits with 1 if anything grows or is left. N is any number above 0, 20 by default; a minute and a half is
// the least for a verdict about trends.

import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { machine } from "../machine.ts";
import { report } from "./report.ts";
import { soak } from "./run.ts";
import { reasons } from "./verdict.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "20" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});

function above(option: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= least) return value;
  throw new RangeError(`--${option} is a number from ${least} on, not "${text}"`);
}

const minutes = above("minutes", values.minutes, 0.05);
const seed = above("seed", values.seed, 0);
const folder = new URL("../../.results/", import.meta.url);
const page = new URL("soak.html", folder);

console.log(`soak: ${minutes} minutes, seed ${seed}`);
const run = await soak(minutes, seed, (line) => console.log(line));
mkdirSync(folder, { recursive: true });
writeFileSync(page, report(run, machine()));
writeFileSync(new URL("soak.json", folder), `${JSON.stringify({ machine: machine(), ...run })}\n`);
const why = reasons(run);
console.log(why.length === 0 ? "green: nothing grows, and nothing is left" : why.join("\n"));
console.log(fileURLToPath(page));
process.exit(why.length === 0 ? 0 : 1);
