// Packs the published packages as `pnpm publish` would: tarballs, `workspace:` ranges made real.

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

/** What is in a tarball: paths below `package/`. */
export async function contents(tarball: string): Promise<string[]> {
  const { stdout } = await succeed("tar", ["tzf", tarball], { cwd: "/" });
  return stdout
    .trim()
    .split("\n")
    .map((path) => path.replace(/^package\//, ""))
    .sort();
}
