// Which identifiers of a file are references to a global, and what is taken from it.

import ts from "typescript";
import { walk } from "./sources.ts";

/** Places where an identifier is a name of its own, not a reference to a value. */
function isOnlyAName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  if (ts.isPropertyAssignment(parent)) return parent.name === node;
  if (ts.isExportSpecifier(parent)) {
    const fromElsewhere = parent.parent.parent.moduleSpecifier !== undefined;
    return fromElsewhere || (parent.propertyName !== undefined && parent.name === node);
  }
  return (
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent) ||
    ts.isNamespaceExport(parent) ||
    ts.isMetaProperty(parent) ||
    ts.isLabeledStatement(parent) ||
    ts.isBreakOrContinueStatement(parent) ||
    ts.isImportAttribute(parent) ||
    ts.isModuleDeclaration(parent) ||
    ts.isJsxAttribute(parent) ||
    (ts.isClassElement(parent) && parent.name === node) ||
    (ts.isObjectLiteralElement(parent) &&
      parent.name === node &&
      !ts.isShorthandPropertyAssignment(parent)) ||
    (ts.isEnumMember(parent) && parent.name === node)
  );
}

/** Types say nothing about the run; only `extends Base` of a class is a value among them. */
function isType(node: ts.Node): boolean {
  if (ts.isExpressionWithTypeArguments(node)) {
    const clause = node.parent;
    return !(
      ts.isHeritageClause(clause) &&
      clause.token === ts.SyntaxKind.ExtendsKeyword &&
      ts.isClassLike(clause.parent)
    );
  }
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isTypeParameterDeclaration(node)
  );
}

/** Calls `visit` for everything that is there when the program runs. */
export function walkValues(node: ts.Node, visit: (node: ts.Node) => void): void {
  if (isType(node)) return;
  visit(node);
  if (ts.isExpressionWithTypeArguments(node)) walkValues(node.expression, visit);
  else ts.forEachChild(node, (child) => walkValues(child, visit));
}

function symbolOf(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  if (ts.isShorthandPropertyAssignment(node.parent)) {
    return checker.getShorthandAssignmentValueSymbol(node.parent);
  }
  if (ts.isExportSpecifier(node.parent)) {
    return checker.getExportSpecifierLocalTargetSymbol(node.parent);
  }
  return checker.getSymbolAtLocation(node);
}

/** `declare const process: any` promises a global, it does not make one. */
function isAmbient(declaration: ts.Declaration): boolean {
  for (let node: ts.Node = declaration; !ts.isSourceFile(node); node = node.parent) {
    if (
      ts.canHaveModifiers(node) &&
      ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)
    ) {
      return true;
    }
  }
  return declaration.getSourceFile().isDeclarationFile;
}

/** References, in order, to names that the file does not define or import. */
export function globalReferences(file: ts.SourceFile, checker: ts.TypeChecker): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  walkValues(file, (node) => {
    if (!ts.isIdentifier(node) || isOnlyAName(node) || node.text === "arguments") return;
    const declarations = symbolOf(node, checker)?.declarations ?? [];
    const declares = declarations.some((one) => ts.getNameOfDeclaration(one) === node);
    if (!declares && declarations.every(isAmbient)) found.push(node);
  });
  return found;
}

/** References to `process`, be it the global or imported. */
export function processReferences(file: ts.SourceFile, checker: ts.TypeChecker): ts.Identifier[] {
  const imported = new Set<ts.Declaration>();
  walk(file, (node) => {
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return;
    if (!["node:process", "process"].includes(node.moduleSpecifier.text)) return;
    const clause = node.importClause;
    if (clause?.name !== undefined) imported.add(clause);
    const bindings = clause?.namedBindings;
    if (bindings !== undefined && ts.isNamespaceImport(bindings)) imported.add(bindings);
  });
  const found = globalReferences(file, checker).filter(({ text }) => text === "process");
  walkValues(file, (node) => {
    if (!ts.isIdentifier(node) || isOnlyAName(node)) return;
    if (symbolOf(node, checker)?.declarations?.some((one) => imported.has(one))) found.push(node);
  });
  return found;
}

/** The expression with the parentheses and type assertions around it. */
function outermost(node: ts.Expression): ts.Expression {
  const { parent } = node;
  return ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isNonNullExpression(parent)
    ? outermost(parent)
    : node;
}

/** What is taken from the object: the names of its members, or null where nobody can tell. */
export function membersTaken(reference: ts.Expression): string[] | null {
  const whole = outermost(reference);
  const { parent } = whole;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === whole) {
    return [parent.name.text];
  }
  if (ts.isElementAccessExpression(parent) && parent.expression === whole) {
    const { argumentExpression: name } = parent;
    return ts.isStringLiteralLike(name) ? [name.text] : null;
  }
  if (
    ts.isVariableDeclaration(parent) &&
    parent.initializer === whole &&
    ts.isObjectBindingPattern(parent.name)
  ) {
    const names = parent.name.elements.map((element) => {
      const name = element.propertyName ?? element.name;
      if (element.dotDotDotToken !== undefined) return null;
      return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : null;
    });
    return names.every((name) => name !== null) ? names : null;
  }
  return null;
}
