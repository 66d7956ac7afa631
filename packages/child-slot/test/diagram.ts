// The transition table as Markdown: a state diagram of the ways between the statuses, and every rule in
// its order.

import type { SlotRule } from "../src/index.js";

/** What stands between these lines of the README is written from the table. */
export const BEGIN = "<!-- written from slotTable by `pnpm readme` -->";
export const END = "<!-- end of what is written from slotTable -->";

export function tableAsMarkdown(table: readonly SlotRule[]): string {
  return [
    "```mermaid",
    ...diagram(table),
    "```",
    "",
    "| in | on | if | then | and |",
    "|---|---|---|---|---|",
    ...table.map(row),
  ].join("\n");
}

/** The README with what is between its two lines written anew. */
export function withTable(readme: string, table: readonly SlotRule[]): string {
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error("the README has lost its marks");
  return `${before}${BEGIN}\n\n${tableAsMarkdown(table)}\n\n${END}${after}`;
}

/** One arrow per way, with everything that leads along it. */
function diagram(table: readonly SlotRule[]): string[] {
  const ways = new Map<string, string[]>();
  for (const rule of table) {
    if (rule.to === "same") continue;
    const { when } = rule;
    const label = occurrences(rule) + (when.length === 0 ? "" : ` [${conditions(when)}]`);
    for (const from of rule.from) {
      const way = `${from} --> ${rule.to}`;
      ways.set(way, [...(ways.get(way) ?? []), label]);
    }
  }
  const arrows = [...ways].map(([way, labels]) => `    ${way} : ${labels.join(", ")}`);
  return ["stateDiagram-v2", "    [*] --> stopped", ...arrows];
}

function row(rule: SlotRule): string {
  const { from, to, when, act } = rule;
  const then = to === "same" ? "" : to;
  const where = from.length === 5 ? "any" : from.join(", ");
  const cells = [where, occurrences(rule), conditions(when), then, inWords(act.name)];
  return `| ${cells.join(" | ")} |`;
}

function occurrences({ on }: SlotRule): string {
  return on.map((what) => (what.endsWith("Ms") ? `${what} over` : what)).join(", ");
}

function conditions(when: SlotRule["when"]): string {
  return when.map(({ name }) => inWords(name)).join(" and ");
}

/** `noteStale` is "note stale". */
function inWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
