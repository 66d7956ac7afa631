// Walls 2 and 3: what of the outside world sources may touch. Cores touch nothing: time, chance and
// the world are arguments. Portable packages have timers, clocks and chance. Node packages have Node.

import ts from "typescript";
import type { Finding } from "./finding.ts";
import { isNodeFile } from "./imports.ts";
import { globalReferences, membersTaken, walkValues } from "./references.ts";
import { folderOf } from "./repo.ts";
import { findingAt, type Sources } from "./sources.ts";
import { TABLE } from "./table.ts";

const RULE = "purity";

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** The part of the language that answers the same everywhere and always. */
const PURE = words(`
  Array BigInt Boolean JSON Map Math Number Object Reflect RegExp Set String Symbol WeakMap
  WeakSet AggregateError Error EvalError RangeError ReferenceError SyntaxError TypeError
  URIError ArrayBuffer DataView Float32Array Float64Array Int8Array Int16Array Int32Array
  Uint8Array Uint16Array Uint32Array BigInt64Array BigUint64Array Infinity NaN undefined
  isFinite isNaN parseFloat parseInt
`);

/** What every JavaScript platform has and the loop needs. */
const PORTABLE = words(`
  AbortController AbortSignal Date Event EventTarget Promise clearTimeout performance
  queueMicrotask setTimeout
`);

/** Not even for packages that need Node. */
const NEVER = words(`
  Function console eval global globalThis self window
`);

/** Methods whose answer depends on the machine's language or time zone. */
const LOCAL_CUSTOMS = words(`
  localeCompare toLocaleDateString toLocaleLowerCase toLocaleString toLocaleTimeString
  toLocaleUpperCase
`);

type World = "core" | "portable" | "node";

interface Place {
  readonly world: World;
  readonly folder: string;
  /** The Node module that this very file may look for. */
  readonly optional: string | null;
  /** Whether this very file may take the process off globalThis. */
  readonly asksProcess: boolean;
  /** Globals that this very file may use as well. */
  readonly extra: readonly string[];
}

function allowed(name: string, world: World): boolean {
  if (world === "node") return !NEVER.has(name);
  return PURE.has(name) || (world === "portable" && PORTABLE.has(name));
}

function againstGlobal(
  reference: ts.Identifier,
  { world, folder, asksProcess, extra }: Place,
): string | null {
  const name = reference.text;
  if (asksProcess && name === "globalThis") {
    return membersTaken(reference)?.join() === "process"
      ? null
      : "globalThis: only its process may be taken here";
  }
  if (!allowed(name, world) && !extra.includes(name)) {
    return world === "core"
      ? `${name}: ${folder} is pure; time, chance and the outside world are arguments`
      : `${name} is not among the globals that ${folder} may use`;
  }
  if (name !== "Math" || world !== "core") return null;
  const members = membersTaken(reference);
  if (members === null) return "Math may only be used as Math.<name>, so that Math.random shows";
  return members.includes("random")
    ? `Math.random: ${folder} is pure; chance arrives in the event, as draw`
    : null;
}

/** Ways to the outside that name no global. */
function againstOther(node: ts.Node, world: World, optional: string | null): string | null {
  if (ts.isStringLiteralLike(node) && node.text.startsWith("node:")) {
    const declared = ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent);
    if (world === "node" || declared || node.text === optional) return null; // imports.ts looks there
    return `"${node.text}" is a way to Node`;
  }
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
    return world === "node" ? null : "import.meta belongs to the surroundings";
  }
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const { expression } = node;
    const members =
      ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression)
        ? membersTaken(expression.expression)
        : null;
    if (members?.includes("constructor")) return "calling .constructor can make code from text";
  }
  if (world !== "core" || !ts.isPropertyAccessExpression(node)) return null;
  return LOCAL_CUSTOMS.has(node.name.text)
    ? `${node.name.text} depends on the machine's locale`
    : null;
}

function placeOf(path: string): Place | null {
  const folder = folderOf(path);
  const row = folder === null ? undefined : TABLE[folder];
  if (folder === null || row === undefined || row.surroundings === "private") return null;
  if (!path.startsWith(`${folder}/src/`)) return null;
  const inside = path.slice(`${folder}/src/`.length);
  return {
    world: isNodeFile(path, folder, row) ? "node" : row.surroundings,
    folder,
    optional: row.optionalNode?.[inside] ?? null,
    asksProcess:
      row.optionalNode?.[inside] !== undefined || (row.asksProcess ?? []).includes(inside),
    extra: row.extraGlobals?.[inside] ?? [],
  };
}

export function checkPurity({ files, checker }: Sources): Finding[] {
  const findings: Finding[] = [];
  for (const [path, file] of files) {
    const place = placeOf(path);
    if (place === null) continue;
    const report = (node: ts.Node, message: string | null) => {
      if (message !== null) findings.push(findingAt(path, node, RULE, message));
    };
    for (const reference of globalReferences(file, checker)) {
      report(reference, againstGlobal(reference, place));
    }
    walkValues(file, (node) => report(node, againstOther(node, place.world, place.optional)));
  }
  return findings;
}
