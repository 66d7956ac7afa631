// Of which modules a bundle consists: the same bundle as in weigh.ts, but from the sources, since what is built no longer says
// which file it came from. Both are equally large, but for a hundredth. Bytes are minified, before gzip.

import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import type { Imports } from "./weigh.js";
import { BUNDLE, contentsOf } from "./weigh.ts";

const PACKAGES = fileURLToPath(new URL("../../../", import.meta.url));

/** Bytes by module: `supervision/tree/plan`. */
export type Apart = ReadonlyMap<string, number>;

const fromSources: Plugin = {
  name: "from-sources",
  setup({ onResolve }) {
    onResolve({ filter: /^@steadfast\// }, ({ path }) => {
      const [, name, entry = "index"] = /^@steadfast\/([\w-]+)(?:\/(.+))?$/.exec(path) ?? [];
      return { path: `${PACKAGES}${name}/src/${entry}.ts`, sideEffects: false };
    });
  },
};

export async function apart(imports: Imports): Promise<Apart> {
  const { metafile } = await build({
    ...BUNDLE,
    stdin: { contents: contentsOf(imports), resolveDir: PACKAGES },
    absWorkingDir: PACKAGES,
    logLevel: "error",
    plugins: [fromSources],
  });
  const bytes = new Map<string, number>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const module = path.replace("/src/", "/").replace(/\.ts$/, "");
      if (bytesInOutput > 0) bytes.set(module, bytesInOutput);
    }
  }
  return bytes;
}

/** What the second has more of than the first. */
export function added(one: Apart, both: Apart): Apart {
  return new Map([...both].map(([module, bytes]) => [module, bytes - (one.get(module) ?? 0)]));
}
