// The packages that are published, and their doors: each entry of an exports map with its types.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Entry {
  /** What users write after `from`, such as `@steadfast/supervisor/node`. */
  readonly specifier: string;
  /** The built declarations, an absolute path. */
  readonly types: string;
}

export interface Published {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** From the root, such as `packages/backoff`. */
  readonly folder: string;
  readonly entries: readonly Entry[];
  /** Files that are an entry as they are, such as `schema.json`. */
  readonly files: readonly string[];
  /** Runtime dependencies by name, all kinds that an installer follows. */
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly private?: boolean;
  readonly exports: Readonly<
    Record<string, string | { readonly import: { readonly types: string } }>
  >;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function published(root: string, folder: string): Published[] {
  const path = join(root, folder, "package.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
  if (manifest.private === true) return [];
  const { name, version, description } = manifest;
  const entries = Object.entries(manifest.exports).flatMap(([subpath, target]) =>
    typeof target === "string"
      ? []
      : [
          {
            specifier: `${name}${subpath.slice(1)}`,
            types: join(root, folder, target.import.types),
          },
        ],
  );
  const files = Object.values(manifest.exports).flatMap((target) =>
    typeof target === "string" ? [target.replace("./", "")] : [],
  );
  const dependencies = Object.keys({
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...manifest.peerDependencies,
  });
  return [{ name, version, description, folder, entries, files, dependencies }];
}

/** Every published package of the repository, in the order of the folders. */
export function publishedPackages(root: string): Published[] {
  return readdirSync(join(root, "packages"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `packages/${entry.name}`)
    .sort()
    .flatMap((folder) => published(root, folder));
}
