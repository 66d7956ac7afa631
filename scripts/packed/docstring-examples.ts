// The examples of the docstrings as programs of a user: each imports what it names from the installed
// packages, has no type error, runs, and what it claims (`// => value`) is so. How claims are made into
// checks: packages/conformance/test/docs/claims.ts.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import { withChecks } from "../../packages/conformance/test/docs/claims.ts";
import type { PackageSurface } from "../api/surface.ts";
import { command } from "./command.ts";
import type { Project } from "./project.ts";

export interface DocstringExample {
  /** Such as `@steadfast/backoff#backoff`. */
  readonly place: string;
  readonly code: string;
  /** The program in TypeScript, its imports on the first line. */
  readonly program: string;
  /** False where it names something that only its reader has: then it is typechecked alone. */
  readonly runs: boolean;
}

/** What examples may name without having it, as types. */
const READERS: Readonly<Record<string, string>> = {
  envFor: "(attempt: number) => NodeJS.ProcessEnv",
  fetchPrices: "() => Promise<unknown>",
  launcher: 'import("@steadfast/supervisor").Launcher',
  launchers: 'readonly import("@steadfast/supervisor").Launcher[]',
  makers: 'import("@steadfast/supervisor/testing").LauncherMakers',
  policy: 'import("@steadfast/policy").RestartPolicy',
  answerRequests: "() => Promise<unknown>",
  database: "{ end(): Promise<void> }",
  server: 'import("node:http").Server',
  test: "(name: string, run: () => Promise<void>) => void",
};

/** By name: the entries that export it, and how it is imported. */
type Exporters = Map<string, { readonly specifier: string; readonly word: string }[]>;

/** All examples, in the order of the packages. */
export function docstringExamples(surfaces: readonly PackageSurface[]): DocstringExample[] {
  const entries = surfaces.flatMap((surface) => surface.entries);
  const exporters: Exporters = new Map();
  for (const { specifier, names } of entries) {
    for (const { name, exported, kind } of names) {
      if (!exported) continue;
      const word = kind === "interface" || kind === "type" ? `type ${name}` : name;
      exporters.set(name, [...(exporters.get(name) ?? []), { specifier, word }]);
    }
  }
  return entries.flatMap(({ specifier, names }) =>
    names.flatMap(({ name, docstring }) =>
      (docstring?.tags.get("example") ?? []).map((code) =>
        example(specifier, name, code, exporters),
      ),
    ),
  );
}

/** The code without its texts, its comments, and the keys of its objects: they name nothing. */
function named(code: string): string {
  return code
    .replaceAll(/"[^"]*"/g, "")
    .replaceAll(/\/\/(?! =>).*/g, "")
    .replaceAll(/([{,]\s*)\w+:/g, "$1");
}

function example(
  specifier: string,
  name: string,
  code: string,
  exporters: Exporters,
): DocstringExample {
  const words = new Set(named(code).match(/(?<![.\w])[A-Za-z]\w*/g));
  const declares = (word: string) =>
    new RegExp(`(const|using) (\\w+, )*[[{]? ?(\\w+, )*${word}\\b`).test(code);
  const imports = [...words].flatMap((word) => {
    if (declares(word)) return [];
    const from = exporters.get(word) ?? [];
    const one = from.find((each) => each.specifier === specifier) ?? from[0];
    return one === undefined ? [] : [`import { ${one.word} } from "${one.specifier}";`];
  });
  if (words.has("spawn")) imports.push('import { spawn } from "node:child_process";');
  const foreign = [...words].filter((word) => word in READERS && !declares(word));
  const ambient = foreign.map((word) => `declare const ${word}: ${READERS[word]};`);
  return {
    place: `${specifier}#${name}`,
    code,
    program: `${[...imports, ...ambient].join(" ")}\n${code}\nexport {};\n`,
    runs: foreign.length === 0,
  };
}

const fileOf = (index: number, extension: string) => `docstring-${index}.${extension}`;

/** Writes the programs beside the others that are typechecked; answers their names. */
export function writeExamples(
  { folder }: Project,
  examples: readonly DocstringExample[],
): string[] {
  mkdirSync(join(folder, "esm"), { recursive: true });
  return examples.map(({ program }, index) => {
    writeFileSync(join(folder, "esm", fileOf(index, "ts")), program);
    return `docstring-${index}`;
  });
}

/** Runs all that run, in one process; answers what was wrong, and how many claims were checked. */
export async function runExamples(
  { folder }: Project,
  examples: readonly DocstringExample[],
): Promise<{ readonly wrong: readonly string[]; readonly claims: number }> {
  let claims = 0;
  const files: Record<string, string> = {};
  for (const [index, { place, program, runs }] of examples.entries()) {
    if (!runs) continue;
    const [imports = "", ...rest] = program.split("\n");
    const checked = withChecks(`\n${rest.join("\n")}`);
    const { code } = await transform(`${imports}${checked.text}`, {
      loader: "ts",
      target: "es2022",
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    });
    claims += checked.claims;
    files[place] = `./${fileOf(index, "mjs")}`;
    writeFileSync(join(folder, fileOf(index, "mjs")), code);
  }
  const runner = `
    for (const [place, file] of Object.entries(${JSON.stringify(files)})) {
      await import(file).catch((error) => console.log(place + ": " + error.message));
    }
    process.exit();`;
  writeFileSync(join(folder, "docstrings.mjs"), runner);
  const { code, stdout, stderr } = await command(process.execPath, ["docstrings.mjs"], {
    cwd: folder,
  });
  const wrong = `${stdout}${stderr}`.split("\n").filter((line) => line !== "");
  return { wrong: code === 0 ? wrong : [...wrong, `ended with ${code}`], claims };
}
