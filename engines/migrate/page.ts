// A page of docs/migrate as what it says: files, written into a folder where foreign libraries and ours are found, and
// the lines that programs print.
//
// - A block headed `file: name` is a file, in whatever language.
// - A block headed `printed-by: theirs ours` has the lines of both. In a `diff` block `- ` is a line of the first alone,
//   `+ ` of the second alone; every other line begins with two spaces.

import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { type Block, readPage } from "../../packages/conformance/test/docs/markdown.ts";
import { written } from "../typescript.ts";

const PAGES = fileURLToPath(new URL("../../docs/migrate/", import.meta.url));

export const pageNames: readonly string[] = globSync("*.md", { cwd: PAGES })
  .map((file) => basename(file, ".md"))
  .sort();

const readNamed = (name: string) =>
  readPage(`docs/migrate/${name}.md`, readFileSync(`${PAGES}${name}.md`, "utf8"));

/** What follows a word such as `file:` behind the language of a block. */
export function saidOf({ info }: Block, word: "file" | "printed-by"): string | null {
  return info.startsWith(`${word}: `) ? info.slice(word.length + 2) : null;
}

export const blocksOf = (name: string): readonly Block[] => readNamed(name).blocks;

/** The files of a page, by name. */
export function filesOf(name: string): ReadonlyMap<string, string> {
  return new Map(
    blocksOf(name).flatMap((block) => {
      const file = saidOf(block, "file");
      return file === null ? [] : [[file, `${block.code.join("\n")}\n`] as const];
    }),
  );
}

/** Writes the files of a page, and answers where they are. */
export const folderOf = (name: string): string => written(`migrate-${name}`, filesOf(name));

/** What the page says that a program prints, by the names behind `printed-by:`. */
export function printedBy(name: string, by: string): readonly string[][] {
  const block = blocksOf(name).find((one) => saidOf(one, "printed-by") === by);
  if (block === undefined) throw new Error(`${name}: no block is printed-by: ${by}`);
  const programs = by.split(" ");
  if (block.language !== "diff") return programs.map(() => [...block.code]);
  const wrong = block.code.find((line) => !/^[-+ ] /.test(line));
  if (wrong !== undefined) throw new Error(`${name}: "${wrong}" does not begin as a diff does`);
  return ["-", "+"].map((mark) =>
    block.code.flatMap((line) =>
      line.startsWith(mark) || line.startsWith(" ") ? line.slice(2) : [],
    ),
  );
}
