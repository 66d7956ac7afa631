// A comparison as the table of docs/compared.md, between its two marks. Pure.

import { cells } from "../page/markdown.ts";
import type { Comparison, Row, Said, Scenario } from "./scenario.ts";

const PART = /<!-- compare: runs -->\n[\s\S]*?<!-- \/compare -->/;

/** Costs that differ by less say nothing: other work on the machine does that, too. */
const ALIKE = 1.3;

export type Verdict = "ours" | "theirs" | "alike";

export function verdictOf({ theirs, ours }: { theirs: Said; ours: Said }): Verdict {
  if (theirs.isRight !== ours.isRight) return ours.isRight ? "ours" : "theirs";
  if (theirs.cost === undefined || ours.cost === undefined) return "alike";
  if (ours.cost * ALIKE < theirs.cost) return "ours";
  return theirs.cost * ALIKE < ours.cost ? "theirs" : "alike";
}

const SHOWN = { ours: "ours", theirs: "**the peer wins**", alike: "no difference" };

function line({ title, peer, found }: Scenario, row: Row): string {
  const { version, theirs, ours } = row;
  return cells([title, `${peer} ${version}`, found, theirs.did, ours.did, SHOWN[verdictOf(row)]]);
}

export function tableOf(all: readonly Scenario[], { at, node, rows }: Comparison): string {
  const lines = all.map((scenario) => {
    const row = rows.find(({ name }) => name === scenario.name);
    if (!row) throw new Error(`compared.md: "${scenario.name}" was not run: pnpm compare --write`);
    return line(scenario, row);
  });
  return [
    cells(["what happens", "peer", "when first tried", "the peer now", "ours", "better"]),
    cells(["---", "---", "---", "---", "---", "---"]),
    ...lines,
    "",
    `\`pnpm compare --write\`, Node ${node}, ${at.slice(0, 10)}.`,
  ].join("\n");
}

/** The page as it should be. */
export function writtenPage(page: string, all: readonly Scenario[], run: Comparison): string {
  const part = `<!-- compare: runs -->\n${tableOf(all, run)}\n<!-- /compare -->`;
  if (!PART.test(page)) throw new Error("compared.md has no place for the table");
  return page.replace(PART, () => part);
}
