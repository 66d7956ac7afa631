// What an import costs in a bundle: esbuild bundles and minifies the built ESM of the packages, zlib
// packs the result with gzip at level 9, and the bytes are counted.

import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type BuildOptions, build, type Metafile } from "esbuild";

const BUILTINS: readonly string[] = ["node:*", ...builtinModules];

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** What is imported from which package, such as `backoff` from `@steadfast/backoff`. */
export type Imports = Readonly<Record<string, string>>;

export interface Weight {
  readonly minified: string;
  readonly minBytes: number;
  readonly gzipBytes: number;
  /** How many of the minified bytes come from which package. */
  readonly parts: ReadonlyMap<string, number>;
}

/** A module that exports these names. */
export function contentsOf(imports: Imports): string {
  const lines = Object.entries(imports).map(([from, names]) =>
    names === "*" ? `export * from "${from}";` : `export { ${names} } from "${from}";`,
  );
  return lines.join("\n");
}

/** How both bundles are made: the one that is weighed, and the one that is taken apart. */
export const BUNDLE = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  write: false,
  metafile: true,
  external: [...BUILTINS],
} as const satisfies BuildOptions;

/** Weighs a module that exports these names, without the packages left out; Node's modules never count. */
export async function weigh(imports: Imports, without: readonly string[] = []): Promise<Weight> {
  const { outputFiles, metafile } = await build({
    ...BUNDLE,
    stdin: { contents: contentsOf(imports), resolveDir: HERE },
    external: [...BUNDLE.external, ...without],
  });
  const [{ contents, text }] = outputFiles as [(typeof outputFiles)[number]];
  return {
    minified: text,
    minBytes: contents.length,
    gzipBytes: gzipSync(contents, { level: 9 }).length,
    parts: partsOf(metafile),
  };
}

function partsOf({ outputs }: Metafile): ReadonlyMap<string, number> {
  const parts = new Map<string, number>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const [, name] = /([\w-]+)\/dist\//.exec(path) ?? [];
      if (name && bytesInOutput > 0) parts.set(name, (parts.get(name) ?? 0) + bytesInOutput);
    }
  }
  return parts;
}
