// A file of configuration as text, as a value, and with the places of its parts: YAML and JSON alike, which is YAML,
// too. What is wrong in it is said with file, line and column.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from "yaml";
import { CliError, type Place } from "./cli-error.js";

/** Keys that lead to a part: `["children", "web", "policy"]`. */
export type Path = readonly (string | number)[];

export interface SourceFile {
  /** As the person named it. */
  readonly file: string;
  readonly text: string;
  /** What it holds. */
  readonly value: unknown;
  /** Where a part stands; the nearest part around it that is there. */
  placeOf(path: Path): Place;
  /** An error about a part. */
  error(path: Path, message: string): CliError;
}

/** @throws CliError for a file that cannot be read. */
export function readText(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why: { readonly [code: string]: string } = {
      ENOENT: "there is no such file",
      EACCES: "no permission to read it",
      EISDIR: "it is a folder",
    };
    throw new CliError(why[code ?? ""] ?? `it cannot be read (${code})`, { file });
  }
}

/** @throws CliError for a file that cannot be read, and for what is neither YAML nor JSON, with its place. */
export function readSource(file: string, cwd: string): SourceFile {
  return parseSource(file, readText(file, cwd));
}

/** The same for a text that is there already, such as an option; `file` is what it is called. */
export function parseSource(file: string, text: string): SourceFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const [wrong] = document.errors;
  if (wrong) throw new CliError(firstLine(wrong.message), at(wrong.pos[0]));
  const placeOf = (path: Path): Place => {
    const offset = offsetOf(document.contents, path);
    return offset === null ? { file } : at(offset);
  };
  return {
    file,
    text,
    value: valueIn(document, file),
    placeOf,
    error: (path, message) => new CliError(message, placeOf(path)),
  };
}

/** Aliases that would make a small text a huge value are refused by the parser. */
function valueIn(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new CliError(firstLine((error as Error).message), { file });
  }
}

const firstLine = (text: string) => text.split("\n")[0] ?? "";

/** Where the last part of a path begins that is there: of a map, its key. */
function offsetOf(contents: unknown, path: Path): number | null {
  let node = contents as Node | null | undefined;
  let offset = node?.range?.[0] ?? null;
  for (const key of path) {
    const found = isMap(node) ? pairOf(node.items, key) : null;
    const inside = isSeq(node) ? (node.items[Number(key)] as Node | undefined) : found?.value;
    const mark = found ? (found.key as Node) : inside;
    if (!mark) return offset;
    offset = (mark as Node).range?.[0] ?? offset;
    node = inside as Node | null | undefined;
  }
  return offset;
}

function pairOf(items: readonly Pair[], key: string | number): Pair | undefined {
  return items.find((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key) === `${key}`);
}

/** `members[1].options.limit` as the keys that it names. */
export function keysOf(path: string): Path {
  const keys = path.match(/[^.[\]]+/g) ?? [];
  return keys.map((key) => (/^[0-9]+$/.test(key) ? Number(key) : key));
}
