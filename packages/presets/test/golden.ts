import { readFileSync } from "node:fs";

/** One file under `vectors/`; the caller says what it looks like. */
export function golden<File>(name: string): File {
  return JSON.parse(readFileSync(new URL(`./vectors/${name}.json`, import.meta.url), "utf8"));
}

/** The vectors' tolerance for results that are not exact: 1e-6 ms, or 1e-9 of the value. */
export function isClose(got: number, want: number): boolean {
  return Math.abs(got - want) <= Math.max(1e-6, 1e-9 * want);
}
