// Writes the Markdown of the repository into `dist/pages`, which VitePress reads, with the links between the pages changed to
// addresses of the site. A link to another file of the repository leads to its text, which is written as well. A page of the
// reference becomes many (reference-pages.ts), and a link to a name on it leads to that name's page.

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import { rewriteLinks } from "../scripts/release/rewrite-links.ts";
import { addressOf, isReference, NAMES, navigation, ROOT } from "./navigation.ts";
import { type Reference, referenceOf } from "./reference.ts";
import { anchorAddresses, namesPage, pagesOf, typesOf } from "./reference-pages.ts";

const PAGES = join(ROOT, "site/dist/pages");
const groups = navigation();
const pages = new Set(["README.md", ...groups.flatMap(({ files }) => files)]);
const readFile = (file: string) => readFileSync(join(ROOT, file), "utf8");
const parted = (file: string, text: string): Reference => referenceOf(basename(file, ".md"), text);
/** Where the names of each page of the reference are now. */
const names = new Map(
  [...pages]
    .filter(isReference)
    .map((file) => [file, anchorAddresses(parted(file, readFile(file)))]),
);
/** Files that are no pages, by their address. */
const beside = new Map<string, string>();

let written = 0;

function write(path: string, text: string | Buffer): void {
  if (path.endsWith(".md")) written += 1;
  mkdirSync(dirname(join(PAGES, path)), { recursive: true });
  writeFileSync(join(PAGES, path), text);
}

/** Where a link of a page leads in the site. */
function there(from: string, target: string, isImage: boolean): string {
  const [, path = "", rest = ""] = /^([^?#]*)(.*)$/.exec(target) ?? [];
  const file = posix.join(posix.dirname(from), path).replace(/\/$/, "");
  for (const page of [file, `${file}/README.md`]) {
    if (pages.has(page)) return inReference(page, rest, from) ?? addressOf(page) + rest;
  }
  if (!existsSync(join(ROOT, file))) throw new Error(`${from}: "${target}" leads nowhere`);
  const address = isImage ? `/${file.replace(/^docs\//, "")}` : `/source/${file}.txt`;
  beside.set(address, file);
  return address;
}

/** The address of a name on a page of the reference; null for everything else. */
function inReference(page: string, rest: string, from: string): string | null {
  const anchors = names.get(page);
  if (anchors === undefined || !rest.startsWith("#")) return null;
  const address = anchors.get(rest.slice(1));
  if (address === undefined) throw new Error(`${from}: ${page} has no "${rest}"`);
  return address;
}

/** What a file contains; of a folder, the names of what is in it. */
function contentOf(file: string): Buffer | string {
  const path = join(ROOT, file);
  if (!statSync(path).isDirectory()) return readFileSync(path);
  return `${file}\n\n${readdirSync(path).sort().join("\n")}\n`;
}

const withLinks = (file: string): string =>
  rewriteLinks(readFile(file), (target, isImage) => there(file, target, isImage));

/** The home page: what `home.md` heads it with, and the README without its title. */
function home(readme: string): string {
  const head = readFileSync(join(ROOT, "site/home.md"), "utf8");
  return `${head}\n${readme.replace(/^# .*\n/, "")}`;
}

rmSync(PAGES, { recursive: true, force: true });
pages.add(NAMES);
const references: Reference[] = [];
for (const file of pages) {
  if (file === NAMES) continue; // made of those that are read here
  const text = withLinks(file);
  if (!isReference(file)) {
    write(addressOf(file), file === "README.md" ? home(text) : text);
    continue;
  }
  references.push(parted(file, text));
}
const types = typesOf(references);
for (const reference of references) {
  for (const [address, page] of pagesOf(reference, types)) write(address, page);
}
write(addressOf(NAMES), namesPage(references));
for (const [address, file] of beside) write(`public${address}`, contentOf(file));
console.log(`site: ${written} pages, ${beside.size} files that they link to`);
