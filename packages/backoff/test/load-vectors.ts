import { readFileSync } from "node:fs";

/** The golden cases of one file under `vectors/`; the caller says what a case looks like. */
export function loadVectors<File extends { readonly cases: readonly unknown[] }>(
  name: string,
): File {
  const file: File = JSON.parse(
    readFileSync(new URL(`./vectors/${name}.json`, import.meta.url), "utf8"),
  );
  if (file.cases.length === 0) throw new Error(`${name}: no cases`);
  return file;
}

/** The vectors' tolerance for results that are not exact: 1e-6 ms, or 1e-9 of the value. */
export function isClose(got: number, want: number): boolean {
  return Math.abs(got - want) <= Math.max(1e-6, 1e-9 * want);
}
