// Every way in which a file can name another module.

import ts from "typescript";
import { walk } from "./sources.ts";

export interface ModuleReference {
  readonly node: ts.Node;
  /** null: computed at run time, so nobody can say what it loads. */
  readonly specifier: string | null;
}

function textOf(node: ts.Node | undefined): string | null {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : null;
}

/** What the node itself loads, if it loads anything. */
function referenceOf(node: ts.Node): ModuleReference | null {
  if (ts.isImportDeclaration(node)) return { node, specifier: textOf(node.moduleSpecifier) };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return { node, specifier: textOf(node.moduleSpecifier) };
  }
  if (ts.isExternalModuleReference(node)) return { node, specifier: textOf(node.expression) };
  if (ts.isImportTypeNode(node)) {
    const { argument } = node;
    return { node, specifier: ts.isLiteralTypeNode(argument) ? textOf(argument.literal) : null };
  }
  if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name)) {
    return { node, specifier: node.name.text };
  }
  if (ts.isCallExpression(node) && loads(node.expression)) {
    return { node, specifier: textOf(node.arguments[0]) };
  }
  return null;
}

/** `import(...)`, `require(...)`, `require.resolve(...)`. */
function loads(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isPropertyAccessExpression(callee)) return loads(callee.expression);
  return ts.isIdentifier(callee) && callee.text === "require";
}

export function moduleReferences(file: ts.SourceFile): ModuleReference[] {
  const found: ModuleReference[] = [];
  walk(file, (node) => {
    const reference = referenceOf(node);
    if (reference !== null) found.push(reference);
  });
  return found;
}
