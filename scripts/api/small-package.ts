// A small published package on disk, as tests need one: declarations that are built already.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { publishedPackages } from "./published.ts";
import { type PackageSurface, readSurfaces } from "./surface.ts";

/** Writes `@steadfast/small` 0.2.0 with these declarations, one text per entry, and reads its surface. */
export function smallPackage(
  root: string,
  entries: Readonly<Record<string, string>>,
): PackageSurface {
  const exported = Object.keys(entries).map((subpath) => {
    const file = subpath === "." ? "index" : subpath.slice(2);
    return [subpath, { import: { types: `./dist/${file}.d.ts` } }] as const;
  });
  const manifest = {
    name: "@steadfast/small",
    version: "0.2.0",
    description: "A small package.",
    type: "module",
    exports: Object.fromEntries([...exported, ["./package.json", "./package.json"]]),
  };
  write(root, "packages/small/package.json", JSON.stringify(manifest));
  for (const [subpath, text] of Object.entries(entries)) {
    const file = subpath === "." ? "index" : subpath.slice(2);
    write(root, `packages/small/dist/${file}.d.ts`, text);
  }
  const [surface] = readSurfaces(publishedPackages(root));
  if (!surface) throw new Error("there is no package");
  return surface;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
