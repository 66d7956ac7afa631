// Writes the Markdown of the repository into `dist/pages`, which VitePress reads, with the links between the pages changed to
// addresses of the site. A link to another file of the repository leads to its text, which is written as well.

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
import { entriesOf, namesPage } from "./names.ts";
import { addressOf, NAMES, navigation, ROOT } from "./navigation.ts";

const PAGES = join(ROOT, "site/dist/pages");
const groups = navigation();
const pages = new Set(["README.md", ...groups.flatMap(({ files }) => files)]);
/** Files that are no pages, by their address. */
const beside = new Map<string, string>();

function write(path: string, text: string | Buffer): void {
  mkdirSync(dirname(join(PAGES, path)), { recursive: true });
  writeFileSync(join(PAGES, path), text);
}

/** Where a link of a page leads in the site. */
function there(from: string, target: string, isImage: boolean): string {
  const [, path = "", rest = ""] = /^([^?#]*)(.*)$/.exec(target) ?? [];
  const file = posix.join(posix.dirname(from), path).replace(/\/$/, "");
  for (const page of [file, `${file}/README.md`]) {
    if (pages.has(page)) return addressOf(page) + rest;
  }
  if (!existsSync(join(ROOT, file))) throw new Error(`${from}: "${target}" leads nowhere`);
  const address = isImage ? `/${file.replace(/^docs\//, "")}` : `/source/${file}.txt`;
  beside.set(address, file);
  return address;
}

/** What a file contains; of a folder, the names of what is in it. */
function contentOf(file: string): Buffer | string {
  const path = join(ROOT, file);
  if (!statSync(path).isDirectory()) return readFileSync(path);
  return `${file}\n\n${readdirSync(path).sort().join("\n")}\n`;
}

function textOf(file: string): string {
  const path = join(ROOT, file);
  if (file !== NAMES) return readFileSync(path, "utf8");
  const reference = [...pages].filter((page) => /^docs\/api\/(?!README|names)/.test(page));
  return namesPage(
    reference.flatMap((page) =>
      entriesOf(basename(page, ".md"), readFileSync(join(ROOT, page), "utf8")),
    ),
  );
}

/** The home page: what `home.md` heads it with, and the README without its title. */
function home(readme: string): string {
  const head = readFileSync(join(ROOT, "site/home.md"), "utf8");
  return `${head}\n${readme.replace(/^# .*\n/, "")}`;
}

rmSync(PAGES, { recursive: true, force: true });
pages.add(NAMES);
for (const file of pages) {
  const text = rewriteLinks(textOf(file), (target, isImage) => there(file, target, isImage));
  write(addressOf(file), file === "README.md" ? home(text) : text);
}
for (const [address, file] of beside) write(`public${address}`, contentOf(file));
console.log(`site: ${pages.size} pages, ${beside.size} files that they link to`);
