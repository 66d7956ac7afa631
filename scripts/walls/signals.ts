// Wall 4: no package listens to the process (signals, exit, uncaught errors) by itself. Only the
// supervisor's Node entry may, because a caller asks it to.

import ts from "typescript";
import type { Finding } from "./finding.ts";
import { membersTaken, processReferences } from "./references.ts";
import { folderOf } from "./repo.ts";
import { findingAt, type Sources } from "./sources.ts";
import { TABLE } from "./table.ts";

const RULE = "signals";
const LISTENS = ["on", "once", "addListener", "prependListener", "prependOnceListener"];
/** What a child hears from its parent; it is about the channel, not about the process. */
const CHANNEL_EVENTS = ["message", "disconnect"];

/** Elsewhere `process` itself is behind a wall, or the file is the Node entry and may listen. */
function isWatched(path: string): boolean {
  const folder = folderOf(path) ?? "";
  return TABLE[folder]?.surroundings === "node" && path.startsWith(`${folder}/src/`);
}

/** `process.on("message", ...)`. */
function isChannelEvent(access: ts.Node): boolean {
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access) return false;
  const [event] = call.arguments;
  return (
    event !== undefined && ts.isStringLiteralLike(event) && CHANNEL_EVENTS.includes(event.text)
  );
}

/** `process[name]` is read, not called: `process[name]("exit", ...)` could be anything. */
function isComputedRead({ parent }: ts.Identifier): boolean {
  if (!ts.isElementAccessExpression(parent)) return false;
  return !(ts.isCallExpression(parent.parent) && parent.parent.expression === parent);
}

function verdict(reference: ts.Identifier): string | null {
  const members = membersTaken(reference);
  if (members === null) {
    if (isComputedRead(reference)) return null;
    return "process may only be used as process.<name>, so that its listeners show";
  }
  const listens = members.find((name) => LISTENS.includes(name));
  if (listens === undefined || isChannelEvent(reference.parent)) return null;
  return `process.${listens}: only the supervisor's Node entry may listen to the process`;
}

function namedImports(file: ts.SourceFile): ts.ImportSpecifier[] {
  return file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) {
      return [];
    }
    const bindings = statement.importClause?.namedBindings;
    const fromProcess = statement.moduleSpecifier.text === "node:process";
    return fromProcess && bindings !== undefined && ts.isNamedImports(bindings)
      ? [...bindings.elements]
      : [];
  });
}

export function checkSignals({ files, checker }: Sources): Finding[] {
  const findings: Finding[] = [];
  for (const [path, file] of files) {
    if (!isWatched(path)) continue;
    for (const one of namedImports(file)) {
      const name = (one.propertyName ?? one.name).text;
      if (!LISTENS.includes(name) && name !== "default") continue;
      const message = `import process itself, not { ${name} }, so that its listeners show`;
      findings.push(findingAt(path, one, RULE, message));
    }
    for (const reference of processReferences(file, checker)) {
      const message = verdict(reference);
      if (message !== null) findings.push(findingAt(path, reference, RULE, message));
    }
  }
  return findings;
}
