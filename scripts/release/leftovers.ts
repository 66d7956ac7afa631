// What an earlier build has left in `dist`. A build removes it, but turbo, which brings one back from its cache, does not;
// a tarball is to hold nothing that no entry reaches.

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Removes from the `dist` of a package what nothing in its manifest leads to. */
export function removeLeftovers(folder: string): void {
  const dist = join(folder, "dist");
  if (!existsSync(dist)) return;
  const manifest = readFileSync(join(folder, "package.json"), "utf8");
  const reached = new Set(namesIn(manifest, /"\.\/dist\/([\w.-]+)"/g));
  for (const name of reached) {
    if (!existsSync(join(dist, name))) continue;
    const text = readFileSync(join(dist, name), "utf8");
    const isTyped = /\.d\.c?ts$/.test(name);
    for (const other of namesIn(text, /["']\.\/([\w.-]+)["']/g)) {
      reached.add(isTyped ? other.replace(/\.(c?)js$/, ".d.$1ts") : other);
    }
  }
  for (const name of readdirSync(dist)) if (!reached.has(name)) rmSync(join(dist, name));
}

const namesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name = ""]) => name);
