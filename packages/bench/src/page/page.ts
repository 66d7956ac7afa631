// docs/performance.md: written by hand, except between a line `<!-- bench: <what> -->` and the next
// `<!-- /bench -->`, which is written from published/. What may stand there: `machine`, `reaches`, `soak`,
// `exponents`, or a suite with a table, as in `retry, failing`.

import type { BenchRun } from "../runner.ts";
import type { Suite } from "../suite.ts";
import { suiteNames, suiteOf } from "../suites.ts";
import { cells, machineText, reachRows, soakMarkdown, tableMarkdown } from "./markdown.ts";
import { publishedRun, publishedSoak } from "./published.ts";
import { curves, exponentText, plot } from "./scaling.ts";

export const PAGE = new URL("../../../../docs/performance.md", import.meta.url);
export const PLOTS = new URL("../../../../docs/performance/", import.meta.url);
const PART = /<!-- bench: (.+?) -->\n[\s\S]*?<!-- \/bench -->/g;

async function measured(): Promise<ReadonlyMap<string, readonly [Suite, BenchRun]>> {
  const all = new Map<string, readonly [Suite, BenchRun]>();
  for (const name of suiteNames) {
    const run = publishedRun(name);
    if (run) all.set(name, [await suiteOf(name), run]);
  }
  return all;
}

type Measured = Awaited<ReturnType<typeof measured>>;

function reaches(all: Measured): string {
  const rows = [...all.values()].flatMap(([suite, run]) => reachRows(suite, run));
  return [
    cells(["path", "reach", "measured", ""]),
    cells(["---", "---", "---", "---"]),
    ...rows,
  ].join("\n");
}

function scalings(all: Measured) {
  const [suite, run] = all.get("scaling") ?? [];
  return (suite?.tables ?? []).flatMap((table) => {
    const result = run?.results.find((one) => one.table === table.name);
    return result ? [{ table, all: curves(table, result) }] : [];
  });
}

function exponents(all: Measured): string {
  const rows = scalings(all).map(({ table, all: own }) =>
    cells([table.title, ...own.map(exponentText)]),
  );
  return [
    cells(["", "start", "stop", "restart", "memory"]),
    cells(["---", "---", "---", "---", "---"]),
    ...rows,
  ].join("\n");
}

function part(what: string, all: Measured): string {
  if (what === "machine") {
    const [first] = all.values();
    return first ? `${machineText(first[1].machine)}.` : "Not measured.";
  }
  if (what === "reaches") return reaches(all);
  if (what === "exponents") return exponents(all);
  if (what === "soak") {
    const soak = publishedSoak();
    return soak ? soakMarkdown(soak) : "Not measured.";
  }
  const [suiteName = "", tableName = ""] = what.split(", ");
  const [suite, run] = all.get(suiteName) ?? [];
  const table = suite?.tables.find((one) => one.name === tableName);
  if (!suite || !run || !table) throw new Error(`performance.md: nothing is called "${what}"`);
  return tableMarkdown(suite, table, run);
}

/** The page as it should be. */
export async function written(page: string): Promise<string> {
  const all = await measured();
  return page.replace(
    PART,
    (_, what: string) => `<!-- bench: ${what} -->\n${part(what, all)}\n<!-- /bench -->`,
  );
}

/** The plots as they should be, by file name. */
export async function plots(): Promise<Readonly<Record<string, string>>> {
  const all = scalings(await measured());
  return Object.fromEntries(
    all.map(({ table, all: own }) => [`${table.name}.svg`, plot(table.title, own)]),
  );
}
