// The parts of docs/performance.md between a line `<!-- weight: <what> -->` and the next `<!-- /weight -->`: `pnpm performance`
// writes them, from the limits and from the sources. What may stand there: `reaches`, `installed`, or what bundles consist of, as in
// `of slidingWindow; backoff`.

import { readFileSync } from "node:fs";
import { type Apart, added, apart } from "./apart.ts";
import { budgets, tree } from "./budgets.ts";
import { byFeature } from "./features.ts";

export const PAGE = new URL("../../../../docs/performance.md", import.meta.url);
const PART = /<!-- weight: (.+?) -->\n([\s\S]*?)<!-- \/weight -->/g;

const cells = (all: readonly string[]) => `| ${all.join(" | ")} |`;
const head = (...names: readonly string[]) => [cells(names), cells(names.map(() => "---"))];
const one = (kB: number) => kB.toFixed(1);
/** What holds as "at most" must not be rounded down. */
const upwards = (bytes: number) => one(Math.ceil(bytes / 100) / 10);

function verdict(reach: number, held: number): string {
  return held <= reach ? "met" : `**missed** by ${Math.round((100 * (held - reach)) / reach)} %`;
}

function reaches(): string {
  const rows = [...budgets, tree].map((budget) => {
    const { name, reachBytes, maxBytes } = budget;
    const own = "ownMaxBytes" in budget ? budget.ownMaxBytes : undefined;
    return cells([
      name,
      reachBytes === undefined ? "" : `<= ${one(reachBytes / 1_000)}`,
      upwards(maxBytes),
      own === undefined ? "" : upwards(own),
      reachBytes === undefined ? "" : verdict(reachBytes, maxBytes),
    ]);
  });
  return [
    ...head("kB, min + gzip", "reach", "now at most", "without the contract", ""),
    ...rows,
  ].join("\n");
}

const taken = new Map<string, Promise<Apart>>();

/** Taken apart once. */
function bundleOf(name: string): Promise<Apart> {
  const bundle = taken.get(name) ?? takeApart(name);
  taken.set(name, bundle);
  return bundle;
}

async function takeApart(name: string): Promise<Apart> {
  if (name === tree.name) return added(await apart(tree.one), await apart(tree.both));
  const budget = budgets.find((one) => one.name === name);
  if (budget === undefined) {
    throw new Error(`performance.md: nothing that is weighed is called "${name}"`);
  }
  return apart(budget.imports);
}

/** What is less is not shown. */
const LEAST_BYTES = 50;

async function consistsOf(names: readonly string[]): Promise<string> {
  const bundles = await Promise.all(names.map(bundleOf));
  const all = bundles.map((bundle) => [...bundle.values()].reduce((sum, bytes) => sum + bytes, 0));
  const text = (bytes: number) => (bytes < LEAST_BYTES ? "" : one(bytes / 1_000));
  const rows = [...byFeature(bundles)].filter(([, row]) => row.some((bytes) => text(bytes) !== ""));
  return [
    ...head("kB, minified, before gzip", ...names),
    ...rows.map(([feature, row]) => cells([feature, ...row.map(text)])),
    cells(["all", ...all.map(text)]),
  ].join("\n");
}

/** Half of what a package was installed with when that was first measured. */
const HALVES = { policy: 222.5, supervisor: 315.5 } as const;

/** The limits are those of a script, which no package imports. */
const LIMITS = new URL("../../../../scripts/packed/installed-size.ts", import.meta.url);

function installedKb(name: string): number {
  const [, kB] = new RegExp(`^  ${name}: (\\d+),$`, "m").exec(readFileSync(LIMITS, "utf8")) ?? [];
  if (kB === undefined) throw new Error(`installed-size.ts has no limit for ${name}`);
  return Number(kB);
}

function installed(): string {
  const rows = Object.entries(HALVES).map(([name, reach]) => {
    const held = installedKb(name);
    return cells([`\`${name}\``, `<= ${one(reach)}`, one(held), verdict(reach, held)]);
  });
  return [...head("kB in node_modules", "reach", "now at most", ""), ...rows].join("\n");
}

async function part(what: string): Promise<string> {
  if (what === "reaches") return reaches();
  if (what === "installed") return installed();
  if (what.startsWith("of ")) return consistsOf(what.slice(3).split("; "));
  throw new Error(`performance.md: no weight is called "${what}"`);
}

/** The parts of a page as they stand there, and as they should be. */
export async function partsOf(page: string) {
  const found = [...page.matchAll(PART)].map(async ([, what = "", stands = ""]) => {
    return { what, stands, should: `${await part(what)}\n` };
  });
  return Promise.all(found);
}

/** The page as it should be. */
export async function written(page: string): Promise<string> {
  const parts = new Map((await partsOf(page)).map(({ what, should }) => [what, should]));
  return page.replace(
    PART,
    (_, what: string) => `<!-- weight: ${what} -->\n${parts.get(what)}<!-- /weight -->`,
  );
}

/** By how much a figure of what a bundle consists of may differ: the page need not change with every change of the sources. */
const TOLERATED_KB = 0.3;

/** Where the page is no longer right, in words. */
export async function staleIn(page: string): Promise<readonly string[]> {
  const parts = await partsOf(page);
  return parts.flatMap(({ what, stands, should }) => {
    if (!what.startsWith("of ")) return stands === should ? [] : [what];
    const [was, is] = [fieldsOf(stands), fieldsOf(should)];
    const isSame = was.length === is.length && is.every((field, i) => isAlike(was[i] ?? "", field));
    return isSame ? [] : [what];
  });
}

const fieldsOf = (table: string): readonly string[] =>
  table.split("|").map((field) => field.trim());

const isFigure = (field: string): boolean => /^(\d+\.\d)?$/.test(field);

function isAlike(one: string, other: string): boolean {
  if (!isFigure(one) || !isFigure(other)) return one === other;
  return Math.abs(Number(one) - Number(other)) <= TOLERATED_KB + 1e-9;
}
