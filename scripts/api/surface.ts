// What the published packages show: every public name with its signature and its docstring, read from
// the built declarations, that is, from what users get. A type that is not exported but that an exported
// one is made of can be seen as well, and is told apart.

import { dirname } from "node:path";
import ts from "typescript";
import { type Docstring, docstringOf } from "./docstring.ts";
import { type Member, membersOf, typeOf } from "./members.ts";
import type { Published } from "./published.ts";

export type Kind = "class" | "const" | "function" | "interface" | "type";

export interface PublicName {
  readonly name: string;
  readonly kind: Kind;
  /** False for a type that is only reached from exported ones. */
  readonly exported: boolean;
  /** The declaration without comments. Several where a name is overloaded. */
  readonly signature: string;
  readonly docstring: Docstring | null;
  readonly members: readonly Member[];
  /** What a function returns, as written; empty for everything else. */
  readonly result: string;
  /** For errors: the stable `code`. */
  readonly code: string | null;
}

export interface EntrySurface {
  readonly specifier: string;
  readonly names: readonly PublicName[];
}

export interface PackageSurface {
  readonly published: Published;
  readonly entries: readonly EntrySurface[];
}

type Shown =
  | ts.ClassDeclaration
  | ts.FunctionDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.VariableDeclaration;

/** Names are followed, types are not computed: no library is needed. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  noLib: true,
  types: [],
};

const printer = ts.createPrinter({ removeComments: true });

export function readSurfaces(packages: readonly Published[]): PackageSurface[] {
  const files = packages.flatMap(({ entries }) => entries.map(({ types }) => types));
  const program = ts.createProgram(files, OPTIONS);
  const checker = program.getTypeChecker();
  const exportsOf = (types: string): Exports => {
    const file = program.getSourceFile(types);
    const module = file && checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`${types} is not there or exports nothing: build first`);
    const symbols = checker.getExportsOfModule(module);
    return new Map(symbols.map((symbol) => [resolved(symbol, checker), symbol.name]));
  };
  return packages.map((published) => {
    const doors = published.entries.map(({ specifier, types }) => ({
      specifier,
      folder: dirname(types),
      exports: exportsOf(types),
    }));
    const exported = new Set(doors.flatMap(({ exports }) => [...exports.keys()]));
    const entries = doors.map(({ specifier, folder, exports }) => {
      const isHidden = (symbol: ts.Symbol) => !exported.has(symbol) && isOwn(symbol, folder);
      return { specifier, names: namesOf(exports, isHidden, checker) };
    });
    return { published, entries };
  });
}

/** What one entry exports, with the names under which it does. */
type Exports = ReadonlyMap<ts.Symbol, string>;

function namesOf(
  exports: Exports,
  isHidden: (symbol: ts.Symbol) => boolean,
  checker: ts.TypeChecker,
): PublicName[] {
  const reached = new Set(exports.keys());
  for (const symbol of reached) {
    for (const declaration of shownDeclarations(symbol)) {
      for (const other of mentioned(declaration, checker)) {
        if (isHidden(other)) reached.add(other);
      }
    }
  }
  return [...reached]
    .map((symbol) => publicName(symbol, exports.get(symbol)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function resolved(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function shownDeclarations(symbol: ts.Symbol): Shown[] {
  return (symbol.declarations ?? []).filter(
    (node): node is Shown =>
      ts.isClassDeclaration(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isVariableDeclaration(node),
  );
}

/** Whatever a declaration names. */
function mentioned(declaration: ts.Node, checker: ts.TypeChecker): Set<ts.Symbol> {
  const symbols = new Set<ts.Symbol>();
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      if (symbol) symbols.add(resolved(symbol, checker));
    }
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return symbols;
}

function isOwn(symbol: ts.Symbol, folder: string): boolean {
  return shownDeclarations(symbol).some(
    (node) => dirname(node.getSourceFile().fileName) === folder && isTopLevel(node),
  );
}

function isTopLevel(node: Shown): boolean {
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return ts.isSourceFile(statement.parent);
}

function publicName(symbol: ts.Symbol, exportedAs: string | undefined): PublicName {
  const declarations = shownDeclarations(symbol);
  const [first] = declarations;
  if (!first)
    throw new Error(`${exportedAs ?? symbol.name}: a kind of export that is not known here`);
  return {
    name: exportedAs ?? symbol.name,
    kind: kindOf(first),
    exported: exportedAs !== undefined,
    signature: declarations.map((node) => printed(node, exportedAs)).join("\n"),
    docstring: declarations.map(docstringOf).find((doc) => doc !== null) ?? null,
    members: declarations.flatMap(membersOf),
    result: resultOf(first),
    code: codeOf(first),
  };
}

function kindOf(node: Shown): Kind {
  if (ts.isClassDeclaration(node)) return "class";
  if (ts.isFunctionDeclaration(node)) return "function";
  if (ts.isInterfaceDeclaration(node)) return "interface";
  return ts.isTypeAliasDeclaration(node) ? "type" : "const";
}

/** The declaration without comments, under the name that users know. */
function printed(node: Shown, exportedAs: string | undefined): string {
  const whole = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const text = printer
    .printNode(ts.EmitHint.Unspecified, whole, node.getSourceFile())
    .replace(/^(export )?(declare )?/, "")
    .replaceAll(/^( {4})+/gm, (indent) => " ".repeat(indent.length / 2));
  const own = node.name?.getText() ?? "default";
  return exportedAs === undefined ? text : text.replace(own, () => exportedAs);
}

function resultOf(node: Shown): string {
  return ts.isFunctionDeclaration(node) ? (node.type?.getText() ?? "") : "";
}

function codeOf(node: Shown): string | null {
  if (!ts.isClassDeclaration(node)) return null;
  for (const member of node.members) {
    if (!ts.isPropertyDeclaration(member) || member.name.getText() !== "code") continue;
    return typeOf(member).replaceAll(/["']/g, "");
  }
  return null;
}
