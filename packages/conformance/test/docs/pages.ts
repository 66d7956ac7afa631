// The Markdown of the repository. Its programs are in docs/ and in the README of each package; the
// program of the root README has a test of their own (test/real/readme.test.ts).

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Page, readPage } from "./markdown.js";

export const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

const SKIPPED: readonly string[] = [
  "node_modules",
  "dist",
  "coverage",
  "fixture",
  ".turbo",
  ".git",
];

function pages(pattern: string): readonly Page[] {
  return globSync(pattern, { cwd: ROOT, exclude: (name) => SKIPPED.includes(name) })
    .sort()
    .map((path) => readPage(path, readFileSync(join(ROOT, path), "utf8")));
}

export const allPages = pages("**/*.md");

export const pagesWithPrograms = [...pages("docs/*.md"), ...pages("packages/*/README.md")];
