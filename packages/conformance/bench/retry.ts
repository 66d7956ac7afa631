// What `retry` costs, beside the shortest code by hand and, where they are installed, peers. Run by `pnpm
// bench`; `pnpm bench:peers` installs the peers (bench/, with a lockfile of its own) and runs this alone.
//
// Every candidate is measured in a process of its own (retry-run.ts), candidates take turns, and a ratio is
// the median of the rounds' ratios, with the smallest and the largest. Figures go to .results/retry.json.
// `ROUNDS=1` is a quick look.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { median } from "./rounds.ts";

type Figures = Readonly<Record<string, number>>;

const ROUNDS = Number(process.env.ROUNDS ?? 7);
const FLAGS = ["--expose-gc", "--min-semi-space-size=128", "--max-semi-space-size=128"];
const RUN = fileURLToPath(new URL("retry-run.ts", import.meta.url));
const hasPeers = existsSync(new URL("../../../bench/node_modules/p-retry", import.meta.url));

function measured(kind: string, name: string): Figures {
  const output = execFileSync(process.execPath, [...FLAGS, RUN, kind, name], { encoding: "utf8" });
  return JSON.parse(output) as Figures;
}

/** All candidates take turns, round by round. */
function rounds(kind: string, names: readonly string[]): ReadonlyMap<string, readonly Figures[]> {
  const all = new Map(names.map((name) => [name, [] as Figures[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, figures] of all) figures.push(measured(kind, name));
  }
  return all;
}

/** How many times as much as the base: median, smallest, largest. */
function ratio(ours: readonly Figures[], base: readonly Figures[], key: string): string {
  const ratios = ours.map((one, i) => (one[key] ?? 0) / (base[i]?.[key] ?? 0));
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  return `${median(ratios).toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

const results: Record<string, unknown> = { node: process.version, rounds: ROUNDS };

/** Prints one table: the base stands first. */
function table(
  title: string,
  kind: string,
  names: readonly string[],
  keys: readonly string[],
): void {
  const all = rounds(kind, names);
  results[title] = Object.fromEntries(all);
  const base = all.get(names[0] ?? "") ?? [];
  console.log(`\n${title}`);
  for (const [name, figures] of all) {
    const cells = keys.map((key) => {
      const middle = median(figures.map((one) => one[key] ?? Number.NaN));
      return `${key} ${middle.toFixed(2)}, ${ratio(figures, base, key)}x`.padEnd(40);
    });
    console.log(`  ${name.padEnd(12)} ${cells.join(" ")}`);
  }
}

/** Others wait for a timer of a millisecond where there is no delay: nothing to compare. */
const peers = hasPeers ? ["p-retry"] : [];
const ours = ["capped", "counted"];
table(
  "nine failures without delay, then success: CPU us and bytes per attempt; the yielding loop is 1",
  "failing",
  ["yielding", ...ours, ...peers],
  ["micros", "bytes"],
);
table(
  "success at once: CPU us and bytes per call",
  "succeeding",
  hasPeers ? ["p-retry", "yielding", ...ours] : ["yielding", ...ours],
  ["micros", "bytes"],
);
table(
  "100 000 wait under one signal: CPU us to arm and to cancel each, bytes that each keeps",
  "waiting",
  ["by hand", "retry", "shorthands"],
  ["arm", "cancel", "bytes"],
);
table(
  "restarts per second while a window fills: 10 is 1",
  "counted",
  ["10", "1000", "100000"],
  ["perSecond"],
);
if (!hasPeers) console.log("\npeers: not measured, `pnpm bench:peers` installs them");
mkdirSync(new URL("../.results/", import.meta.url), { recursive: true });
writeFileSync(new URL("../.results/retry.json", import.meta.url), JSON.stringify(results, null, 2));
