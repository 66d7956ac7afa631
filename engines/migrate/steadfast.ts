// The command `steadfast`, as the pages of docs/migrate use it.

import { fileURLToPath } from "node:url";
import { type Ran, type Run, ran } from "./run.ts";

const BIN = fileURLToPath(new URL("../node_modules/@steadfast/cli/dist/bin.js", import.meta.url));

export const steadfast = (args: readonly string[], run: Run): Promise<Ran> =>
  ran(process.execPath, [BIN, ...args], run);

/** The lines of one child among those of a stack: behind its name. */
export function linesOfChild(id: string, lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => new RegExp(`^${id} +\\| (.*)$`).exec(line)?.[1] ?? []);
}
