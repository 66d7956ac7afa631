// Replays a journal: for each child, what a stricter policy would have decided, told and asked the same.

import { readFileSync } from "node:fs";
import { type RestartDecision, replay } from "@steadfast/policy";
import type { TreeJournalEntry } from "@steadfast/supervisor/tree";
import { strictPolicy } from "./policies.js";

/** Prints the comparison. The exit code: 0, or 2 if the file is not a journal. */
export function replayJournal(file: string): number {
  let lines: readonly TreeJournalEntry[];
  try {
    lines = readFileSync(file, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } catch (error) {
    console.error(`sample: cannot read the journal ${file}: ${(error as Error).message}`);
    return 2;
  }
  const policy = strictPolicy();
  console.log(`${lines.length} decisions, asked again of ${policy.name}`);
  for (const child of new Set(lines.map((line) => line.id))) {
    const entries = lines.filter((line) => line.id === child);
    const steps = replay(entries, policy);
    const changed = steps.filter((step) => !step.same);
    console.log(`\n${child}: ${changed.length} of ${steps.length} decisions would be others`);
    for (const { at, recorded, replayed } of changed.slice(0, 3)) {
      const sinceStart = at - (entries[0]?.at ?? at);
      console.log(`  after ${sinceStart} ms: ${inWords(replayed)} instead of ${inWords(recorded)}`);
    }
    if (changed.length > 3) console.log(`  and ${changed.length - 3} more`);
  }
  return 0;
}

function inWords(decision: RestartDecision): string {
  if (decision.type === "launch") return `launch in ${Math.ceil(decision.delayMs)} ms`;
  if (decision.type === "noted") return "noted";
  const until = decision.retryAfterMs === null ? "for good" : `for ${decision.retryAfterMs} ms`;
  return `refuse ${until} (${decision.reason})`;
}
