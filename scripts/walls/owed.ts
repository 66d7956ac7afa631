// What still breaks a wall and is being worked on: an entry for a finding, or for all findings of a rule in a
// folder, with the name of its owner. An entry that covers nothing any more is itself a finding, so this list
// can only shrink. It is empty at a release.

import type { Finding } from "./finding.ts";

export interface Owed {
  readonly rule: string;
  /** A slash at the end means everything in the folder. */
  readonly file: string;
  /** How the message begins. */
  readonly message: string;
  readonly owner: string;
}

export const OWED: readonly Owed[] = [];

function covers(entry: Owed, { rule, file, message }: Finding): boolean {
  const here = entry.file.endsWith("/") ? file.startsWith(entry.file) : entry.file === file;
  return here && entry.rule === rule && message.startsWith(entry.message);
}

/** The findings that nobody owes, and one for each entry that covers nothing. */
export function withoutOwed(findings: readonly Finding[], list: readonly Owed[]): Finding[] {
  const stale = list.filter((entry) => !findings.some((finding) => covers(entry, finding)));
  return [
    ...findings.filter((finding) => !list.some((entry) => covers(entry, finding))),
    ...stale.map(({ rule, file, message, owner }) => ({
      file,
      line: 1,
      rule: "owed",
      message: `nothing is wrong any more with "${rule}: ${message}": take ${owner}'s entry out of scripts/walls/owed.ts`,
    })),
  ];
}
