// Wall 8: sources stay small enough to be read in one look. A file has at most 250 lines, a function at most
// 60, a factory that only holds inner functions at most 100.
//
// Lines of a file: all of them, comments and empty ones included.
// Lines of a function: from the line on which it begins (its docstring is above it and does not count) to the
// line of its closing brace, inner functions, comments and empty lines included. Overloads have no body and
// no lines.
// A factory: a function whose body is a block with these statements only: declarations of constants,
// variables, types, classes and functions, calls (checks of its arguments, a first move, also with `void`), and
// `return`; no `if`, loop, `switch`, `try` or `throw` of its own. The functions in it, each within the limit of 60
// (or a factory itself), take up at least half of its lines.

import ts from "typescript";
import type { Finding } from "./finding.ts";
import { folderOf } from "./repo.ts";
import { findingAt, type Sources, walk } from "./sources.ts";

const RULE = "size";
export const FILE_LINES = 250;
export const FUNCTION_LINES = 60;
export const FACTORY_LINES = 100;

type FunctionNode = ts.FunctionLikeDeclaration & { readonly body: ts.FunctionBody | ts.Expression };

function isFunction(node: ts.Node): node is FunctionNode {
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

function linesOf(node: ts.Node, file: ts.SourceFile): number {
  const { line: first } = file.getLineAndCharacterOfPosition(node.getStart(file));
  const { line: last } = file.getLineAndCharacterOfPosition(node.end);
  return last - first + 1;
}

function nameOf(node: ts.Node & { readonly name?: ts.Node }, file: ts.SourceFile): string {
  if (node.kind === ts.SyntaxKind.Constructor) return "constructor";
  if (node.name !== undefined) return node.name.getText(file);
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) {
    return parent.name.getText(file);
  }
  return "a function without a name";
}

/** The functions directly inside a node, not those inside of them. */
function innerFunctions(node: ts.Node): FunctionNode[] {
  const found: FunctionNode[] = [];
  ts.forEachChild(node, (child) => {
    found.push(...(isFunction(child) ? [child] : innerFunctions(child)));
  });
  return found;
}

function isFactoryStatement(statement: ts.Statement): boolean {
  if (ts.isExpressionStatement(statement)) {
    const { expression } = statement;
    const call = ts.isVoidExpression(expression) ? expression.expression : expression;
    return ts.isCallExpression(call);
  }
  return (
    ts.isVariableStatement(statement) ||
    ts.isReturnStatement(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  );
}

function isFactory(node: FunctionNode, file: ts.SourceFile): boolean {
  if (!ts.isBlock(node.body) || !node.body.statements.every(isFactoryStatement)) return false;
  const inner = innerFunctions(node.body).reduce((sum, one) => sum + linesOf(one, file), 0);
  return 2 * inner >= linesOf(node, file);
}

function checkFunction(path: string, node: FunctionNode, file: ts.SourceFile): Finding[] {
  const lines = linesOf(node, file);
  if (lines <= FUNCTION_LINES) return [];
  const factory = isFactory(node, file);
  if (factory && lines <= FACTORY_LINES) return [];
  const limit = factory
    ? `a factory has at most ${FACTORY_LINES}`
    : `a function has at most ${FUNCTION_LINES}`;
  const message = `${nameOf(node, file)} has ${lines} lines, ${limit}`;
  return [findingAt(path, node, RULE, message)];
}

export function checkSize({ files }: Sources): Finding[] {
  const findings: Finding[] = [];
  for (const [path, file] of files) {
    if (!path.startsWith(`${folderOf(path)}/src/`)) continue;
    const lines = file.text.replace(/\n$/, "").split("\n").length;
    if (lines > FILE_LINES) {
      const message = `the file has ${lines} lines, a file has at most ${FILE_LINES}`;
      findings.push({ file: path, line: 1, rule: RULE, message });
    }
    walk(file, (node) => {
      if (isFunction(node)) findings.push(...checkFunction(path, node, file));
    });
  }
  return findings;
}
