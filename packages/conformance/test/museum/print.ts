// `pnpm museum`: examines every exhibit with the kit under five fixed seeds, the kit's own among them, and
// prints which laws caught it. Exit code 1 if a seed missed one, or if a story is too long.
//
// Under the first seed every law is tried; under the others those that caught it then, and all of them
// only where these did not.

import type { LawFailed } from "@steadfast/laws";
import { type Exhibit, examine, museum } from "@steadfast/laws/museum";

const [FIRST, ...OTHERS] = [20_261_121, 1, 77, 4_242, -2_147_483_648] as const;
const SHOWN = 4;
/** Lines of a story, the head of its table apart. */
const MOST_LINES = 10;
const MOST_LINES_OF_HALF = 5;

async function failures(exhibit: Exhibit, seed: number, law?: string): Promise<LawFailed[]> {
  const { results } = await examine(exhibit, { seed, ...(law !== undefined && { law }) });
  return results.flatMap((one) => (one.verdict === "failed" && !one.vacuous ? [one] : []));
}

async function isCaught(exhibit: Exhibit, seed: number, laws: readonly string[]): Promise<boolean> {
  for (const law of laws) if ((await failures(exhibit, seed, law)).length > 0) return true;
  return (await failures(exhibit, seed)).length > 0;
}

const linesOf = ({ table }: LawFailed): number =>
  table.split("\n").filter((line) => /^ {2}(?:\d+|\.\.\.) /.test(line)).length;

const nameWidth = Math.max(...museum.map(({ name }) => name.length));
const seenWidth = Math.max(...museum.map(({ seenIn }) => seenIn.length));
const row = (name: string, seenIn: string, caughtBy: string) =>
  console.log(`${name.padEnd(nameWidth)} | ${seenIn.padEnd(seenWidth)} | ${caughtBy}`);

function listed(laws: readonly string[], missedBy: readonly number[]): string {
  if (missedBy.length > 0) return `MISSED by the seeds ${missedBy.join(", ")}`;
  const more = laws.length > SHOWN ? ` and ${laws.length - SHOWN} more` : "";
  return `${laws.slice(0, SHOWN).join(", ")}${more}`;
}

row("exhibit", "seen in", "caught by");
const lengths: number[] = [];
let missed = 0;
for (const exhibit of museum) {
  const failed = await failures(exhibit, FIRST);
  lengths.push(...failed.map(linesOf));
  const laws = failed.map(({ law }) => law);
  const missedBy: number[] = laws.length === 0 ? [FIRST] : [];
  for (const seed of OTHERS) if (!(await isCaught(exhibit, seed, laws))) missedBy.push(seed);
  if (missedBy.length > 0) missed++;
  row(exhibit.name, exhibit.seenIn, listed(laws, missedBy));
}
lengths.sort((one, other) => one - other);
const [median = 0, longest = 0] = [lengths[Math.floor(lengths.length / 2)], lengths.at(-1)];
const seeds = [FIRST, ...OTHERS].length;
console.log(`${museum.length} exhibits, each under ${seeds} seeds: ${missed} missed`);
console.log(`${lengths.length} stories: a median of ${median} lines, ${longest} at most`);
const isTooLong = median > MOST_LINES_OF_HALF || longest > MOST_LINES;
process.exitCode = missed > 0 || isTooLong ? 1 : 0;
