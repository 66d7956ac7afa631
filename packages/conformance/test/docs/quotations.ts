// A block of nothing but interfaces and types is a quotation: it is not run, and each of its members
// must stand like that in the declaration of the same name in some package. It may leave members out.

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Block, Page } from "./markdown.js";
import { ROOT } from "./pages.js";

type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

/** A declaration as its name with type parameters, and its parts without comments and spaces. */
interface Quoted {
  readonly name: string;
  readonly parts: readonly string[];
}

const plain = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|\s|[;,]$/g, "");

function declarationsOf(code: string): Quoted[] | null {
  const source = ts.createSourceFile("quoted.ts", code, ts.ScriptTarget.Latest, true);
  const isQuotable = (statement: ts.Statement): statement is Declaration =>
    ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  const declarations = source.statements.filter(isQuotable);
  if (declarations.length === 0) return null;
  return declarations.map((declaration) => {
    const parameters = declaration.typeParameters?.map((one) => one.name.text) ?? [];
    const parts = ts.isInterfaceDeclaration(declaration)
      ? declaration.members.map((member) => member.getText())
      : unionOf(declaration.type).map((type) => type.getText());
    return {
      name: `${declaration.name.text}<${parameters.join()}>`,
      parts: parts.map((part) => plain(part)),
    };
  });
}

const unionOf = (type: ts.TypeNode) => (ts.isUnionTypeNode(type) ? [...type.types] : [type]);

/** Whether a block says nothing but what types there are. */
export function isQuotation({ language, code }: Block): boolean {
  if (!["ts", "mts", "typescript"].includes(language)) return false;
  const source = ts.createSourceFile("block.ts", code.join("\n"), ts.ScriptTarget.Latest, true);
  return (
    source.statements.length > 0 &&
    source.statements.every(
      (one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one),
    )
  );
}

let known: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** What the packages declare: the parts of each interface and type, by its name. */
function published(): ReadonlyMap<string, ReadonlySet<string>> {
  if (known) return known;
  const all = new Map<string, Set<string>>();
  for (const path of globSync("packages/*/src/**/*.ts", { cwd: ROOT })) {
    for (const { name, parts } of declarationsOf(readFileSync(join(ROOT, path), "utf8")) ?? []) {
      const there = all.get(name) ?? new Set();
      for (const part of parts) there.add(part);
      all.set(name, there);
    }
  }
  known = all;
  return all;
}

/** What is quoted on a page and does not stand so in any package. */
export function misquotations({ path, blocks }: Page): string[] {
  return blocks.filter(isQuotation).flatMap(({ line, code }) =>
    (declarationsOf(code.join("\n")) ?? []).flatMap(({ name, parts }) => {
      const there = published().get(name);
      const place = `${path}:${line}: ${name}`;
      if (!there) return [`${place} is declared nowhere`];
      return parts.filter((part) => !there.has(part)).map((part) => `${place} has no ${part}`);
    }),
  );
}
