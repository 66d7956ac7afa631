// Results of an earlier run are taken over where nothing has changed. Stryker compares the sources and the
// tests; the rest of what a result depends on is summed up here, and a run with another sum starts from
// nothing.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { alsoShown } from "./also-shown.ts";

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => !path.endsWith(".test.ts") && statSync(path).isFile())
    .sort();
}

/** A sum over what the tests share, what they and the sources import, what else is shown to the mutants, and the settings. */
export function surroundings(root: string, name: string, options: object): string {
  const folder = join(root, "packages", name);
  const imported = join(folder, "node_modules/@steadfast");
  const builds = existsSync(imported) ? readdirSync(imported).sort() : [];
  const folders = [
    join(root, "config"),
    join(folder, "test"),
    ...builds.map((other) => join(imported, other, "dist")),
    ...(alsoShown(`@steadfast/${name}`, folder)?.folders ?? []),
  ];
  const sum = createHash("sha256").update(JSON.stringify(options));
  for (const path of folders.flatMap(filesBelow)) {
    sum.update(path.slice(root.length)).update(readFileSync(path));
  }
  return sum.digest("hex").slice(0, 16);
}
