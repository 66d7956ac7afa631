// `pnpm mutate [package...]`: changes the sources of a package in one small place after the other, and looks
// whether its in-memory tests notice. Red where fewer than 95 of 100 mutants are noticed, where a survivor
// is not listed in docs/mutants.md, and where a listed one is none any more. It takes minutes to an hour.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { interruption, run } from "../run.ts";
import { readListed } from "./listed.ts";
import { noticedIn, type Report, scoreOf } from "./mutants.ts";
import { settings } from "./settings.ts";
import { stryker } from "./stryker.ts";
import { surroundings } from "./surroundings.ts";
import { type Verdict, verdict } from "./verdict.ts";

const PACKAGES = [
  "policy",
  "sliding-window",
  "backoff",
  "crash-budget",
  "child-slot",
  "supervision",
  "supervisor",
];

const root = fileURLToPath(new URL("../..", import.meta.url));
const cache = join(root, "node_modules/.cache/mutate");

// Fewer runs per property than in the tests: each mutant pays for them.
const env = { FC_NUM_RUNS: process.env.FC_NUM_RUNS ?? "50", NO_COLOR: "1" };

async function mutate(name: string, script: string): Promise<Verdict | null> {
  const folder = join(root, "packages", name);
  const report = join(cache, `${name}.report.json`);
  // One more than there are cores: now and then a mutant waits.
  const fixed = settings({ report, incremental: "" }, availableParallelism() + 1);
  const kept = `${name}.${surroundings(root, name, { fixed, env, seed: process.env.FC_SEED })}.json`;
  for (const file of readdirSync(cache)) {
    const old = file.startsWith(`${name}.`) && file !== kept;
    if (old) rmSync(join(cache, file));
  }
  // A mutant that survived is tried again: a new test may notice it.
  const earlier = join(cache, kept);
  if (existsSync(earlier)) {
    const found = JSON.parse(readFileSync(earlier, "utf8")) as Report;
    writeFileSync(earlier, JSON.stringify(noticedIn(found)));
  }
  const config = join(cache, `${name}.settings.json`);
  writeFileSync(config, JSON.stringify({ ...fixed, incrementalFile: earlier }));
  const code = await run(process.execPath, [script, "run", config], env, folder);
  if (code !== 0 || interruption() !== null) return null;
  const listed = readListed(readFileSync(join(root, "docs/mutants.md"), "utf8"));
  const score = scoreOf(JSON.parse(readFileSync(report, "utf8")) as Report);
  return verdict(
    name,
    score,
    listed.filter((one) => one.package === name),
  );
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !PACKAGES.includes(name));
if (unknown.length > 0) throw new Error(`${unknown.join(", ")}: not one of ${PACKAGES.join(", ")}`);
const names = wanted.length === 0 ? PACKAGES : wanted;

mkdirSync(cache, { recursive: true });
const filters = names.map((name) => `--filter=@steadfast/${name}...`);
let code = await run("turbo", ["run", "build", "--output-logs=errors-only", ...filters]);
const done: string[] = [];
const red: string[] = [];
if (code === 0 && interruption() === null) {
  const script = await stryker(join(cache, "stryker"));
  for (const name of names) {
    const found = await mutate(name, script);
    if (interruption() !== null) break;
    done.push(name);
    if (found === null || found.reds.length > 0) red.push(name);
    for (const line of found?.lines ?? [`${name}: Stryker did not get to its end`])
      console.log(line);
    for (const line of found?.reds ?? []) console.error(`RED: ${line}`);
  }
}
console.log(
  `\nmutate: ${done.length} packages, ${red.length} red${red.map((name) => ` ${name}`).join("")}`,
);
code = code === 0 && red.length === 0 ? 0 : 1;
process.exitCode = interruption() ?? code;
