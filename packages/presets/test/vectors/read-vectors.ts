import { readFileSync } from "node:fs";

/** The cases of one file of golden vectors, all of them. */
export function readVectors<Case>(file: string): readonly Case[] {
  const { count, cases } = JSON.parse(
    readFileSync(new URL(`./${file}.json`, import.meta.url), "utf8"),
  ) as { readonly count: number; readonly cases: readonly Case[] };
  if (cases.length !== count) throw new Error(`${file}: ${cases.length} cases, not ${count}`);
  return cases;
}

/** The vectors' tolerance for results that are not exact: 1e-6 ms, or 1e-9 of the value. */
export function isClose(got: number, want: number): boolean {
  return Math.abs(got - want) <= Math.max(1e-6, 1e-9 * want);
}
