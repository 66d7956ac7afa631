// `pnpm museum`: examines every exhibit with the kit, with its default seed and number of runs, and
// prints which laws caught it. Exit code 1 if one was missed.

import { examine, museum } from "@steadfast/laws/museum";

const SHOWN = 4;

const nameWidth = Math.max(...museum.map(({ name }) => name.length));
const seenWidth = Math.max(...museum.map(({ seenIn }) => seenIn.length));
const row = (name: string, seenIn: string, caughtBy: string) =>
  console.log(`${name.padEnd(nameWidth)} | ${seenIn.padEnd(seenWidth)} | ${caughtBy}`);

function listed(laws: readonly string[]): string {
  if (laws.length === 0) return "MISSED";
  const more = laws.length > SHOWN ? ` and ${laws.length - SHOWN} more` : "";
  return `${laws.slice(0, SHOWN).join(", ")}${more}`;
}

row("exhibit", "seen in", "caught by");
let missed = 0;
for (const exhibit of museum) {
  const { results } = await examine(exhibit);
  const laws = results.flatMap((result) =>
    result.verdict === "failed" && !result.vacuous ? [result.law] : [],
  );
  if (laws.length === 0) missed++;
  row(exhibit.name, exhibit.seenIn, listed(laws));
}
console.log(`${museum.length} exhibits, ${missed} missed`);
process.exitCode = missed > 0 ? 1 : 0;
