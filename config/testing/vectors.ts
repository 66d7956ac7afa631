// The golden vectors, copies of which stand in the packages whose tests need them.

import { readFileSync } from "node:fs";

/** A file of vectors; the caller says what it looks like. One that lost a case is an error. */
export function golden<File>(at: URL): File {
  const file = JSON.parse(readFileSync(at, "utf8")) as File & {
    readonly count: number;
    readonly cases?: readonly unknown[];
  };
  const found = file.cases?.length ?? file.count;
  if (found === 0 || found !== file.count) {
    throw new Error(`${at.pathname}: ${found} cases, not ${file.count}`);
  }
  return file;
}

/** The cases of a file of vectors, all of them. */
export function goldenCases<Case>(at: URL): readonly Case[] {
  return golden<{ readonly cases: readonly Case[] }>(at).cases;
}

/** The vectors' tolerance for results that are not exact: 1e-6 ms, or 1e-9 of the value. */
export function isClose(got: number, want: number): boolean {
  return Math.abs(got - want) <= Math.max(1e-6, 1e-9 * want);
}
