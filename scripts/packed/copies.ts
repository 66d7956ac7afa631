// What stands in a `dist` more than once: entries are to share their modules, so that the state of a module and a class
// are the same wherever they are imported from.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** Shorter ones are equal by chance: `var SECOND_MS = 1e3;`. */
const SHORT = 150;

/**
 * The top-level declarations that stand word by word in several of the files with these endings, such as `.cjs`: the names of the
 * files, and the first line.
 */
export function copies(dist: string, endings: readonly string[]): string[] {
  const places = new Map<string, Set<string>>();
  const names = readdirSync(dist).filter((name) => endings.some((one) => name.endsWith(one)));
  for (const name of names.sort()) {
    for (const words of declarationsIn(readFileSync(join(dist, name), "utf8"))) {
      places.set(words, (places.get(words) ?? new Set()).add(name));
    }
  }
  return [...places]
    .filter(([, files]) => files.size > 1)
    .map(([words, files]) => `${[...files].join(", ")}: ${words.split("\n", 1)[0]}`);
}

function declarationsIn(text: string): string[] {
  const file = ts.createSourceFile("built.ts", text, ts.ScriptTarget.ESNext);
  return file.statements
    .filter((one) => isDeclaration(one))
    .map((one) => text.slice(one.getStart(file), one.end))
    .filter((words) => words.length >= SHORT);
}

function isDeclaration(statement: ts.Statement): boolean {
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isVariableStatement(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  );
}
