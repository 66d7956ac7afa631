// Journals of children that lived in virtual time, as their host would have written them.

import { type JournalEntry, journalEntry, type RestartPolicy } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";

/** A child that fails after each of these times, under the policy. */
export async function journalOf(
  policy: RestartPolicy,
  uptimes: readonly number[],
): Promise<readonly JournalEntry[]> {
  const system = manualSystem();
  const entries: JournalEntry[] = [];
  const script = uptimes.map((runMs) => ({ runMs, exit: { kind: "failed", code: 1 } as const }));
  supervise(
    scriptedLauncher(system, script),
    { policy, journal: (entry) => entries.push(journalEntry(entry)) },
    system,
  );
  await system.advance(86_400_000);
  return entries;
}

export const linesOf = (entries: readonly object[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
