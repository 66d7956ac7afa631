// Where a public name is written down, and the rule that stands at the top of that file.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Source {
  /** From the root, such as `packages/policy/src/all-of.ts`. */
  readonly path: string;
  readonly text: string;
}

/** The sources of a package. */
export function readSources(root: string, folder: string): Source[] {
  return readdirSync(join(root, folder, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => `${folder}/src/${file}`)
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** Finds the declaration of a name in a file that exports it, or `anywhere`. */
export function declaration(name: string, anywhere = false): RegExp {
  const start = anywhere ? "^(?:export )?" : "^export ";
  return new RegExp(
    `${start}(?:abstract class|class|const|function|interface|type) ${name}\\b`,
    "m",
  );
}

/** The file in which a name is declared. */
export function declaring(sources: readonly Source[], name: string): Source | undefined {
  return sources.find(({ text }) => declaration(name).test(text));
}

/** The comment at the top of a file; empty if it begins with something else. */
export function rule({ text }: Source): string {
  const [head = ""] = /^(?:\/\/.*\n)*/.exec(text) ?? [];
  return head.replaceAll(/^\/\/ ?/gm, "").trim();
}
