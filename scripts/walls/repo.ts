// The repository as the walls see it: paths and texts. A test builds one in memory.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Path from the root, with slashes, to text. */
export type Repo = ReadonlyMap<string, string>;

export interface Manifest {
  readonly name?: string;
  readonly private?: boolean;
  readonly license?: string;
  readonly homepage?: string;
  readonly type?: string;
  readonly sideEffects?: unknown;
  readonly files?: readonly string[];
  readonly engines?: Readonly<Record<string, string>>;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A folder directly under packages/ or apps/ that has a package.json. */
export interface Package {
  readonly folder: string;
  readonly manifest: Manifest;
}

const GROUPS = ["packages", "apps"];
const GENERATED = new Set([
  ".git",
  "assets",
  ".results",
  ".turbo",
  "coverage",
  "dist",
  "node_modules",
]);

export function readRepo(root: string): Repo {
  const repo = new Map<string, string>();
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (GENERATED.has(entry.name)) continue;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) repo.set(path, readFileSync(join(root, path), "utf8"));
    }
  };
  walk("");
  return repo;
}

export function packagesOf(repo: Repo): Package[] {
  const packages: Package[] = [];
  for (const [path, text] of repo) {
    const [group = "", name = "", file, ...deeper] = path.split("/");
    if (GROUPS.includes(group) && file === "package.json" && deeper.length === 0) {
      packages.push({ folder: `${group}/${name}`, manifest: JSON.parse(text) as Manifest });
    }
  }
  return packages.sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** `packages/backoff` of any path inside it; null outside packages/ and apps/. */
export function folderOf(path: string): string | null {
  const [group = "", name, ...inside] = path.split("/");
  return GROUPS.includes(group) && name !== undefined && inside.length > 0
    ? `${group}/${name}`
    : null;
}
