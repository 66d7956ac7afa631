// Everything that `pnpm api` writes: for each file of the repository, what has to be in it.

import { ERRORS_PATH, errorCatalogue } from "./errors.ts";
import { publishedPackages } from "./published.ts";
import { reference, referenceIndex, referencePath } from "./reference.ts";
import { snapshot, snapshotPath } from "./snapshot.ts";
import { readSources, type Source } from "./sources.ts";
import { type PackageSurface, readSurfaces } from "./surface.ts";
import { type Bare, bareErrors } from "./thrown.ts";

export interface Api {
  readonly surfaces: readonly PackageSurface[];
  readonly bare: readonly Bare[];
  readonly sources: readonly Source[];
  /** By path from the root. */
  readonly files: ReadonlyMap<string, string>;
}

export const INDEX_PATH = "docs/api/README.md";

/** Reads the built packages. */
export function readApi(root: string): Api {
  const packages = publishedPackages(root);
  const surfaces = readSurfaces(packages);
  const sources = new Map(packages.map(({ folder }) => [folder, readSources(root, folder)]));
  const all = [...sources.values()].flat();
  const bare = all.flatMap(bareErrors);
  const files = new Map([
    [ERRORS_PATH, errorCatalogue(surfaces, bare)],
    [INDEX_PATH, referenceIndex(surfaces)],
  ]);
  for (const surface of surfaces) {
    const { name, folder } = surface.published;
    files.set(snapshotPath(folder), snapshot(surface));
    files.set(referencePath(name), reference(surface, sources.get(folder) ?? []));
  }
  return { surfaces, bare, sources: all, files };
}
