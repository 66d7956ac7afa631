// The changesets that wait for the next release.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SIZES, type Size } from "./size.ts";

/** What one changeset promises, by package. */
export function readChangeset(text: string): ReadonlyMap<string, Size> {
  const [, head = ""] = /^---\n([\s\S]*?)\n---/.exec(text) ?? [];
  const promised = new Map<string, Size>();
  for (const line of head.split("\n")) {
    const [, name, word] = /^["']?([^"':]+)["']?:\s*(\w+)\s*$/.exec(line) ?? [];
    const size = SIZES.find((one) => one === word);
    if (name !== undefined && size !== undefined) promised.set(name, size);
  }
  return promised;
}

/** All sizes that are promised to a package. */
export function promises(root: string, name: string): Size[] {
  const folder = join(root, ".changeset");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".md") && file !== "README.md")
    .flatMap((file) => readChangeset(readFileSync(join(folder, file), "utf8")).get(name) ?? []);
}
