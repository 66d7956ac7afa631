// How every library is built: one bundle per entry of its exports map, ESM and CJS, with types.

import { existsSync, readFileSync } from "node:fs";
import { defineConfig } from "tsup";

interface Manifest {
  readonly exports?: Readonly<Record<string, unknown>>;
}

/** "." is src/index.ts, "./node" is src/node.ts: the exports map is the only list of entries. */
function entriesOf(manifest: Manifest): string[] {
  return Object.keys(manifest.exports ?? {})
    .filter((subpath) => !subpath.endsWith(".json"))
    .map((subpath) => (subpath === "." ? "src/index.ts" : `src/${subpath.slice(2)}.ts`));
}

export default defineConfig({
  entry: entriesOf(JSON.parse(readFileSync("package.json", "utf8")) as Manifest),
  format: ["esm", "cjs"],
  target: "node20",
  silent: true,
  // `pnpm demo` does without types: they are most of what a build takes.
  dts: process.env.STEADFAST_TYPES !== "none",
  // No source maps: what is built is not minified, and they were two thirds of what a user installs.
  sourcemap: false,
  clean: true,
  treeshake: true,
  removeNodeProtocol: false,
  // A package with one entry that needs Node types keeps its tsconfig.json free of them.
  tsconfig: existsSync("tsconfig.node.json") ? "tsconfig.node.json" : "tsconfig.json",
});
