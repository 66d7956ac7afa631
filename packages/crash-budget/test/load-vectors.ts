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
