// A relative link in a Markdown page leads to a file or folder that is there, and to a heading that is
// there. Links to other hosts are not followed. What a link into the playground shows is tested by
// browser/site/playground/links.test.ts.

import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";
import { type Page, readPage } from "./docs/markdown.js";
import { allPages, ROOT } from "./docs/pages.js";

/** A scene of the playground, and no heading: `#a=...&at=1s`. */
const isScene = (file: string, anchor: string) =>
  file === "docs/playground.md" && anchor.includes("=");

const byPath = new Map(allPages.map((page) => [page.path, page]));

function brokenLinks(page: Page): string[] {
  const undefinedNames = page.references
    .filter(({ target }) => !page.definitions.has(target))
    .map(({ line, target }) => `${page.path}:${line}: [${target}] is not defined`);
  return [...undefinedNames, ...brokenTargets(page)];
}

function brokenTargets(page: Page): string[] {
  return page.links.flatMap(({ line, target }) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [path = "", anchor] = decodeURI(target).split("#");
    const file = path === "" ? page.path : normalize(join(dirname(page.path), path));
    const place = `${page.path}:${line}: ${target}`;
    if (file.startsWith("..")) return [`${place} leaves the repository`];
    if (file !== page.path && !existsSync(join(ROOT, file))) return [`${place}: no such file`];
    if (anchor === undefined || isScene(file, anchor)) return [];
    const there = file === page.path ? page : byPath.get(file);
    return there?.anchors.has(anchor) ? [] : [`${place}: no such heading`];
  });
}

it.each(allPages.filter(({ links }) => links.length > 0).map((page) => [page.path, page] as const))(
  "the links of %s",
  (_, page) => {
    expect(brokenLinks(page)).toEqual([]);
  },
);

it("there are links, and a bad one is found", () => {
  expect(allPages.flatMap(({ links }) => links).length).toBeGreaterThan(20);
  const text =
    "# A\n[a](#a) [b](#b) [c](nowhere.md) [d](README.md#no-such) `[e](e.md)` [f](../x) [g][h] [p](docs/playground.md#p) [s](docs/playground.md#at=1s)";
  expect(brokenLinks(readPage("case.md", text))).toEqual([
    "case.md:2: [h] is not defined",
    "case.md:2: #b: no such heading",
    "case.md:2: nowhere.md: no such file",
    "case.md:2: README.md#no-such: no such heading",
    "case.md:2: ../x leaves the repository",
    "case.md:2: docs/playground.md#p: no such heading",
  ]);
});
