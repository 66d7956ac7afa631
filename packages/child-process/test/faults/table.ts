// The table of faults in the README. `pnpm readme` writes it.

import { ending } from "./ending.ts";
import { living } from "./living.ts";
import type { FaultGroup } from "./row.ts";
import { standingBy } from "./standing-by.ts";
import { starting } from "./starting.ts";
import { stopping } from "./stopping.ts";
import { talking } from "./talking.ts";
import { writing } from "./writing.ts";

export const faultGroups: readonly FaultGroup[] = [
  starting,
  living,
  ending,
  stopping,
  writing,
  talking,
  standingBy,
];

const BEGIN = "<!-- written from test/faults by `pnpm readme` -->";
const END = "<!-- until here -->";

/** The README with the table that belongs into it. */
export function withFaults(readme: string): string {
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`no place for the table: ${BEGIN}`);
  return [before, BEGIN, "\n\n", faultGroups.map(tableOf).join("\n"), "\n", END, after].join("");
}

function tableOf({ heading, rows }: FaultGroup): string {
  const lines = rows.map(([fault, happens]) => `| ${fault} | ${happens} |\n`);
  return `| ${heading} | what happens |\n|---|---|\n${lines.join("")}`;
}
