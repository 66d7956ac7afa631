// What TypeScript says about programs, which exist in memory only, beside the packages they import.
// Blocks in JavaScript are read for what they declare, and not blamed.

import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "./pages.js";
import type { Program } from "./programs.js";

const FOLDER = join(ROOT, "packages/conformance/test");

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
};

/** The libraries and packages are read once for all checks. */
const known = new Map<string, ts.SourceFile | undefined>();

/** Checks all programs at once: for each, what is wrong with it. */
export function typeFaults(programs: readonly Program[]): ReadonlyMap<Program, readonly string[]> {
  const byFile = new Map(programs.map((program, i) => [join(FOLDER, `program-${i}.mts`), program]));
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (file) => byFile.has(file) || fileExists(file);
  host.readFile = (file) => byFile.get(file)?.text ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const program = byFile.get(file);
    if (!program) {
      if (!known.has(file)) known.set(file, getSourceFile(file, version, ...rest));
      return known.get(file);
    }
    return ts.createSourceFile(file, program.text, version);
  };

  const checked = ts.createProgram([...byFile.keys()], OPTIONS, host);
  const faults = new Map<Program, string[]>(programs.map((program) => [program, []]));
  for (const { file, start, messageText } of ts.getPreEmitDiagnostics(checked)) {
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    const program = file && byFile.get(file.fileName);
    if (!program) throw new Error(text);
    const { line } = file.getLineAndCharacterOfPosition(start ?? 0);
    if (program.isTyped(line + 1))
      faults.get(program)?.push(`${program.page}:${line + 1}: ${text}`);
  }
  return faults;
}
