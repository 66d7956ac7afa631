// How every library is built: a file per entry of its exports map, and chunks of what several entries share, as ESM and
// as CommonJS. Declarations are built once, since those of CommonJS are right for both.

import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Options } from "tsup";

interface Manifest {
  readonly exports?: Readonly<Record<string, unknown>>;
}

/** "." is `index`, "./node" is `node`: the exports map is the only list of entries. */
function entriesOf(manifest: Manifest): string[] {
  return Object.keys(manifest.exports ?? {})
    .filter((subpath) => !subpath.endsWith(".json"))
    .map((subpath) => (subpath === "." ? "index" : subpath.slice(2)));
}

/** `pnpm demo` does without types: they are most of what a build takes. */
const hasTypes = process.env.STEADFAST_TYPES !== "none";

/**
 * An ES module may import the types of a CommonJS one, not the other way round. So a type is the same for those who
 * `import` and those who `require`, and stands in `node_modules` once.
 */
function writeDeclarations(entries: readonly string[]): void {
  for (const entry of entries) {
    writeFileSync(`dist/${entry}.d.ts`, `export * from "./${entry}.cjs";\n`);
  }
}

/** How Rollup exports what is from another file. */
const GETTER =
  /Object\.defineProperty\(exports, "(\w+)", \{\n {2}enumerable: true,\n {2}get: function \(\) \{ return ([\w$.]+); \}\n\}\);/g;

/** In CommonJS an export is a value: a getter takes longer, and a test cannot put a double in its place. */
const valuesExported: NonNullable<Options["plugins"]>[number] = {
  name: "values-exported",
  buildEnd({ writtenFiles }) {
    for (const { name } of writtenFiles) {
      const text = readFileSync(name, "utf8");
      writeFileSync(name, text.replaceAll(GETTER, "exports.$1 = $2;"));
    }
  },
};

/**
 * The builds of the library in this folder; `programs` are more entries, which are built as ESM alone. What an earlier build
 * has left is removed first.
 */
export function library(programs: Readonly<Record<string, string>>): Options[] {
  rmSync("dist", { recursive: true, force: true });
  const names = entriesOf(JSON.parse(readFileSync("package.json", "utf8")) as Manifest);
  const entry = Object.fromEntries(names.map((name) => [name, `src/${name}.ts`]));
  const both: Options = {
    target: "node20",
    silent: true,
    splitting: true,
    // No source maps: what is built is not minified, and they were two thirds of what a user installs.
    sourcemap: false,
    treeshake: true,
    removeNodeProtocol: false,
    // A package with one entry that needs Node types keeps its tsconfig.json free of them.
    tsconfig: existsSync("tsconfig.node.json") ? "tsconfig.node.json" : "tsconfig.json",
  };
  const onSuccess = async () => {
    if (hasTypes) writeDeclarations(names);
  };
  return [
    { ...both, format: "esm", entry: { ...entry, ...programs }, onSuccess },
    { ...both, format: "cjs", entry, plugins: [valuesExported], dts: hasTypes },
  ];
}

export default () => library({});
