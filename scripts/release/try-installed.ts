// What was packed, installed in an empty project: every entry is imported and required there.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Published } from "../api/published.ts";
import { succeed } from "../packed/command.ts";
import type { Tarballs } from "../packed/pack.ts";
import { project } from "../packed/project.ts";

/** How many entries there are; an error if one of them cannot be loaded. */
export async function tryInstalled(
  folder: string,
  packages: readonly Published[],
  tarballs: Tarballs,
): Promise<number> {
  const { installed } = await project(
    folder,
    packages.map(({ name }) => name),
    tarballs,
  );
  const foreign = installed.filter(({ resolved }) => !resolved.startsWith("file:"));
  if (foreign.length > 0) throw new Error(`not from a tarball: ${JSON.stringify(foreign)}`);
  const specifiers = packages.flatMap(({ entries }) => entries.map(({ specifier }) => specifier));
  // The entry of a worker or of a forked child does its work by being loaded: in a host it has none, and says so.
  const inside = /\/(worker|child)$/;
  const loaded = specifiers.filter((specifier) => !inside.test(specifier));
  const imports = loaded.map((one) => `await import(${JSON.stringify(one)});`);
  const requires = loaded.map((one) => `require(${JSON.stringify(one)});`);
  writeFileSync(join(folder, "all.mjs"), imports.join("\n"));
  writeFileSync(join(folder, "all.cjs"), requires.join("\n"));
  await succeed(process.execPath, ["all.mjs"], { cwd: folder });
  await succeed(process.execPath, ["all.cjs"], { cwd: folder });
  return loaded.length;
}
