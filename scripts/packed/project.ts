// An empty project of a user, into which tarballs are installed by npm: all at once, with an override
// for each, so that no name is looked up; and offline, so that nothing can be. What npm noted is then
// looked at: every package came from a tarball, and no other was needed.

import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { succeed } from "./command.ts";
import type { Tarballs } from "./pack.ts";

export interface Project {
  readonly folder: string;
  /** What is in its node_modules, by name. */
  readonly installed: readonly Installed[];
}

export interface Installed {
  readonly name: string;
  /** Where npm says that it came from. */
  readonly resolved: string;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly resolved?: string }>>;
}

/** Makes the project and installs what a user would name; the rest comes as dependencies. */
export async function project(
  folder: string,
  wanted: readonly string[],
  tarballs: Tarballs,
): Promise<Project> {
  const specs = new Map([...tarballs].map(([name, path]) => [name, `file:${path}`]));
  const manifest = {
    name: "user",
    version: "0.0.0",
    private: true,
    dependencies: Object.fromEntries(wanted.map((name) => [name, specs.get(name)])),
    overrides: Object.fromEntries(specs),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  await succeed("npm", ["install", "--offline", "--no-audit", "--no-fund"], { cwd: folder });
  return { folder, installed: installedIn(folder) };
}

function installedIn(folder: string): Installed[] {
  const path = join(folder, "node_modules/.package-lock.json");
  const { packages } = JSON.parse(readFileSync(path, "utf8")) as Lock;
  return Object.entries(packages).map(([place, { resolved = "nowhere" }]) => ({
    name: place.replace("node_modules/", ""),
    resolved,
  }));
}

/** Makes the types of Node known to a project: those that the repository itself uses. */
export function addNodeTypes(root: string, { folder }: Project): void {
  mkdirSync(join(folder, "node_modules/@types"), { recursive: true });
  symlinkSync(join(root, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
}
