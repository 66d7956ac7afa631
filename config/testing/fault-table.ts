// A table of faults in a README, written from the rows of a package's tests: what goes wrong, what happens then,
// and the test that shows it.

/** What goes wrong, what happens then, the file in `test/real`, and the test's name as it is written there. */
export type FaultRow = readonly [fault: string, happens: string, file: string, test: string];

/** Rows that belong together, under a heading. */
export interface FaultGroup {
  readonly heading: string;
  readonly rows: readonly FaultRow[];
}

const BEGIN = "<!-- written from test/faults by `pnpm readme` -->";
const END = "<!-- until here -->";

/** The README with the table that belongs into it. */
export function withFaults(readme: string, groups: readonly FaultGroup[]): string {
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`no place for the table: ${BEGIN}`);
  return [before, BEGIN, "\n\n", groups.map(tableOf).join("\n"), "\n", END, after].join("");
}

function tableOf({ heading, rows }: FaultGroup): string {
  const lines = rows.map(([fault, happens]) => `| ${fault} | ${happens} |\n`);
  return `| ${heading} | what happens |\n|---|---|\n${lines.join("")}`;
}

/** Whether a test of this name stands in a source. */
export function hasTest(source: string, test: string): boolean {
  const literals = [JSON.stringify(test), `'${test}'`, `\`${test}\``];
  return literals.some((literal) => source.includes(literal));
}
