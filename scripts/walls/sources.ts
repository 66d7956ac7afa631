// Parses sources and answers what their names mean. The program knows no library and resolves no
// module on purpose: a name that no declaration of the file explains is a global.

import ts from "typescript";
import type { Finding } from "./finding.ts";
import type { Repo } from "./repo.ts";

const SOURCE = [".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx"];

export interface Sources {
  /** Files that parse, by path. */
  readonly files: ReadonlyMap<string, ts.SourceFile>;
  readonly checker: ts.TypeChecker;
  /** Files that do not parse; what else is found in them means little. */
  readonly broken: readonly Finding[];
}

const ROOT = "/repo/";

/** Every source file of the repo for which `wanted` holds. */
export function readSources(repo: Repo, wanted: (path: string) => boolean): Sources {
  const paths = [...repo.keys()].filter(
    (path) => SOURCE.some((extension) => path.endsWith(extension)) && wanted(path),
  );
  const options: ts.CompilerOptions = {
    allowJs: true,
    module: ts.ModuleKind.ESNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    noLib: true,
    noResolve: true,
    target: ts.ScriptTarget.ESNext,
    types: [],
  };
  const host: ts.CompilerHost = {
    fileExists: (name) => repo.has(name.slice(ROOT.length)),
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: () => "lib.d.ts",
    getNewLine: () => "\n",
    getSourceFile: (name, target) => {
      const text = repo.get(name.slice(ROOT.length));
      return text === undefined ? undefined : ts.createSourceFile(name, text, target, true);
    },
    readFile: (name) => repo.get(name.slice(ROOT.length)),
    useCaseSensitiveFileNames: () => true,
    writeFile: () => {},
  };
  const program = ts.createProgram(
    paths.map((path) => ROOT + path),
    options,
    host,
  );
  const files = new Map<string, ts.SourceFile>();
  const broken: Finding[] = [];
  for (const path of paths) {
    const file = program.getSourceFile(ROOT + path);
    if (file === undefined) continue;
    const [error] = program.getSyntacticDiagnostics(file);
    if (error === undefined) {
      files.set(path, file);
    } else {
      const { line } = file.getLineAndCharacterOfPosition(error.start);
      const message = ts.flattenDiagnosticMessageText(error.messageText, " ");
      broken.push({ file: path, line: line + 1, rule: "syntax", message });
    }
  }
  return { files, checker: program.getTypeChecker(), broken };
}

/** Calls `visit` on the node and everything below it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

export function findingAt(path: string, node: ts.Node, rule: string, message: string): Finding {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return { file: path, line: line + 1, rule, message };
}
