// What is here loads without fast-check: also where that is not installed.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

/** Every file of the package that an entry leads to, and every package that these import. */
function graphOf(entry: string) {
  const files = new Set<string>();
  const packages = new Set<string>();
  const follow = (url: URL) => {
    const path = fileURLToPath(url);
    if (files.has(path)) return;
    files.add(path);
    const source = readFileSync(path, "utf8");
    for (const [, from = ""] of source.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
      if (from.startsWith(".")) follow(new URL(from.replace(/\.js$/, ".ts"), url));
      else packages.add(from);
    }
  };
  follow(new URL(`../../src/${entry}.ts`, import.meta.url));
  return { files, packages };
}

it.each(["simulate", "lint", "explain", "diff"])(
  "%s imports the contract and nothing else",
  (entry) => {
    const { files, packages } = graphOf(entry);
    expect(files.size).toBeGreaterThan(5);
    expect([...packages]).toEqual(["@steadfast/policy"]);
  },
);
