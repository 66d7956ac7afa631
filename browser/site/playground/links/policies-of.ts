// What expressions are in the middle of a program of a page, without running it: of the program only the imports and declarations are
// taken that the expressions need. So a page whose program starts processes can be asked, too.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";

interface Declared {
  readonly names: readonly string[];
  readonly text: string;
  readonly node: ts.Node;
  readonly isImport: boolean;
}

const parse = (text: string) =>
  ts.createSourceFile("program.ts", text, ts.ScriptTarget.ES2023, true);

/** What is declared, in order. */
function declaredIn({ statements }: ts.SourceFile): readonly Declared[] {
  return statements.flatMap((node): readonly Declared[] => {
    const names = namesOf(node);
    const isImport = ts.isImportDeclaration(node);
    return names.length > 0 ? [{ names, text: node.getText(), node, isImport }] : [];
  });
}

function namesOf(node: ts.Statement): readonly string[] {
  if (ts.isFunctionDeclaration(node)) return node.name ? [node.name.text] : [];
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.flatMap(({ name }) => boundIn(name));
  }
  if (!ts.isImportDeclaration(node)) return [];
  const bindings = node.importClause?.namedBindings;
  if (bindings === undefined || !ts.isNamedImports(bindings)) return [];
  return bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name.text);
}

function boundIn(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((one) => (ts.isBindingElement(one) ? boundIn(one.name) : []));
}

/** Names that stand for values; those behind a dot, or before a colon, do not. */
function usedIn(node: ts.Node): ReadonlySet<string> {
  const used = new Set<string>();
  const look = (one: ts.Node): void => {
    const { parent } = one;
    const isName =
      (ts.isPropertyAccessExpression(parent) && parent.name === one) ||
      (ts.isPropertyAssignment(parent) && parent.name === one);
    if (ts.isIdentifier(one) && !isName) used.add(one.text);
    ts.forEachChild(one, look);
  };
  ts.forEachChild(node, look);
  return used;
}

/** The declarations that a node needs, in order; each name is the last of it before what uses it. */
function neededBy(node: ts.Node, before: readonly Declared[]): ReadonlySet<Declared> {
  const needed = new Set<Declared>();
  const need = (one: ts.Node, known: readonly Declared[]): void => {
    for (const name of usedIn(one)) {
      const at = known.findLastIndex(({ names }) => names.includes(name));
      const found = known[at];
      if (found === undefined || needed.has(found)) continue;
      needed.add(found);
      if (!found.isImport) need(found.node, known.slice(0, at));
    }
  };
  need(node, before);
  return needed;
}

/** A module with no more than the expressions need. */
export function moduleOf(program: string, expressions: readonly string[]): string {
  const declared = declaredIn(parse(program));
  const last = parse(`export const policies = [${expressions.join(", ")}];\n`);
  const needed = neededBy(last, declared);
  const texts = declared.filter((one) => needed.has(one)).map(({ text }) => text);
  return stripTypeScriptTypes([...texts, last.text].join("\n"));
}

/** The values of expressions; `folder` is one in which the imports of the program are found. */
export async function valuesOf(
  program: string,
  expressions: readonly string[],
  folder: string,
): Promise<readonly unknown[]> {
  const beside = mkdtempSync(join(folder, ".playground-"));
  try {
    const file = join(beside, "policies.mjs");
    writeFileSync(file, moduleOf(program, expressions));
    const { policies } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
      readonly policies: readonly unknown[];
    };
    return policies;
  } finally {
    rmSync(beside, { recursive: true });
  }
}
