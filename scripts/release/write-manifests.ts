// `pnpm manifests`: writes into every published package.json what `publication.ts` says. A wall checks that it
// is so.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publishedPackages } from "../api/published.ts";
import { PACK_SCRIPTS, PACKED_FILES, publicationOf } from "./publication.ts";

interface Manifest {
  readonly license: string;
  readonly files?: readonly string[];
  readonly publishConfig?: object;
  readonly scripts?: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The same manifest with those fields, placed behind the description. */
export function published(folder: string, { license, ...manifest }: Manifest): object {
  const { name, version, description, ...rest } = manifest as Record<string, unknown>;
  const files = [...new Set([...PACKED_FILES, ...(manifest.files ?? [])])];
  const publication = publicationOf(folder);
  // Twice: first for its place, then for its word.
  const said = { name, version, description, ...publication, license, ...rest, ...publication };
  const publishConfig = { ...manifest.publishConfig, provenance: true };
  return { ...said, files, publishConfig, scripts: { ...manifest.scripts, ...PACK_SCRIPTS } };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { folder } of publishedPackages(root)) {
    const path = join(root, folder, "package.json");
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    writeFileSync(path, `${JSON.stringify(published(folder, manifest), null, 2)}\n`);
  }
}
