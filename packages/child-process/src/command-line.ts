// A whole command line where a command belongs: it is not split, so no such file is found. That is a guess, for a
// file may have a space in its name. Taken for one are: a first word without a slash, then more; and an argument
// that begins with a dash.

import type { PolicyFinding } from "@steadfast/supervisor";

const LINE = /^[^\s/\\]+\s+\S|\s--?\w/;

/** What is questionable about a command that no shell splits. The command itself is not repeated. */
export function commandFindings(owner: string, command: string): readonly PolicyFinding[] {
  if (!LINE.test(command)) return [];
  return [
    {
      code: "command-with-space",
      severity: "warning",
      message: `${owner}: the command looks like a command line, and is not split at its spaces`,
      fix: `pass its arguments as a list: ${owner}("node", ["server.js"])`,
    },
  ];
}
