// Packs the published packages as `pnpm publish` would: tarballs, `workspace:` ranges made real. What they
// need of other people is packed, too, as it is installed here, so that a user's project needs no registry.

import { cpSync, existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Published } from "../api/published.ts";
import { succeed } from "./command.ts";

/** A path by the name of the package. */
export type Tarballs = ReadonlyMap<string, string>;

export async function pack(
  root: string,
  packages: readonly Published[],
  destination: string,
): Promise<Tarballs> {
  const filters = packages.flatMap(({ name }) => ["--filter", name]);
  const args = ["--recursive", ...filters, "pack", "--pack-destination", destination];
  await succeed("pnpm", args, { cwd: root });
  return new Map(
    packages.map(({ name, version }) => {
      const file = `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
      return [name, join(destination, file)];
    }),
  );
}

interface Foreign {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Packs what the published packages need of other people, peers included, and what that needs. */
export async function packPeers(
  root: string,
  packages: readonly Published[],
  destination: string,
): Promise<Tarballs> {
  const tarballs = new Map<string, string>();
  async function packOne(name: string, beside: string): Promise<void> {
    if (tarballs.has(name)) return;
    const folder = realpathSync(join(beside, name));
    const { version, dependencies = {} } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    ) as Foreign;
    const tarball = join(destination, `${name}-${version}.tgz`);
    const staged = join(destination, name);
    cpSync(folder, join(staged, "package"), { recursive: true });
    await succeed("tar", ["czf", tarball, "package"], { cwd: staged });
    tarballs.set(name, tarball);
    for (const one of Object.keys(dependencies)) await packOne(one, join(folder, ".."));
  }
  for (const { folder, dependencies } of packages) {
    const own = join(root, folder, "node_modules");
    for (const name of dependencies.filter((one) => !one.startsWith("@"))) {
      await packOne(name, existsSync(join(own, name)) ? own : join(root, "node_modules"));
    }
  }
  return tarballs;
}

/** What is in a tarball: paths below `package/`. */
export async function contents(tarball: string): Promise<string[]> {
  const { stdout } = await succeed("tar", ["tzf", tarball], { cwd: "/" });
  return stdout
    .trim()
    .split("\n")
    .map((path) => path.replace(/^package\//, ""))
    .sort();
}

/** The text of one file in a tarball. */
export async function textIn(tarball: string, path: string): Promise<string> {
  const { stdout } = await succeed("tar", ["xzOf", tarball, `package/${path}`], { cwd: "/" });
  return stdout;
}
