// Runs tables: round by round, every candidate once in a process of its own, so that candidates take turns and
// none is measured in what another has left behind.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { load, type Machine } from "./machine.ts";
import type { Answer, Figures, Suite, Table } from "./suite.ts";

const CANDIDATE = fileURLToPath(new URL("candidate.ts", import.meta.url));
const run = promisify(execFile);

/** One candidate's figures, one entry a round, or why there are none. */
export type Row =
  | { readonly candidate: string; readonly rounds: readonly Figures[] }
  | { readonly candidate: string; readonly notMeasured: string };

export interface Result {
  readonly suite: string;
  readonly table: string;
  /** When it began, and the load of the machine before and after. */
  readonly at: string;
  readonly load: readonly [before: number, after: number];
  readonly rows: readonly Row[];
}

/** What is written of a suite. */
export interface BenchRun {
  readonly machine: Machine;
  readonly rounds: number;
  readonly results: readonly Result[];
}

async function measure(suite: Suite, table: Table, candidate: string): Promise<Answer> {
  const flags = suite.flags ?? [];
  const { stdout } = await run(process.execPath, [
    ...flags,
    CANDIDATE,
    suite.name,
    table.name,
    candidate,
  ]);
  return JSON.parse(stdout) as Answer;
}

export async function runTable(suite: Suite, table: Table, rounds: number): Promise<Result> {
  const at = new Date().toISOString();
  const before = load();
  const figures = new Map<string, Figures[]>();
  const missing = new Map<string, string>();
  const names = Object.keys(table.candidates);
  for (const name of names) figures.set(name, []);
  for (let round = 0; round < rounds; round++) {
    for (const [name, measured] of figures) {
      if (missing.has(name)) continue;
      const answer = await measure(suite, table, name);
      if ("notMeasured" in answer) missing.set(name, answer.notMeasured);
      else measured.push(answer.figures);
    }
  }
  const rows = names.map((candidate): Row => {
    const notMeasured = missing.get(candidate);
    return notMeasured === undefined
      ? { candidate, rounds: figures.get(candidate) ?? [] }
      : { candidate, notMeasured };
  });
  return { suite: suite.name, table: table.name, at, load: [before, load()], rows };
}
