// Whether every link of the built site leads to a page, an anchor or a file of it, and nothing is loaded from elsewhere. VitePress
// checks pages, but neither anchors nor what it copies.

import { existsSync, globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { ROOT } from "./navigation.ts";

const WWW = join(ROOT, "site/dist/www");
const PLAYGROUND = "playground.html";
const ELSEWHERE = /^([a-z][a-z0-9+.-]*:|\/\/)/i;
const LOADED = /<(?:script|img|link|iframe|source)\b[^>]*?\b(?:src|href)="([^"]+)"/g;

interface Built {
  readonly ids: ReadonlySet<string>;
  readonly links: readonly string[];
  readonly loaded: readonly string[];
}

function read(path: string): Built {
  const html = readFileSync(join(WWW, path), "utf8");
  const all = (pattern: RegExp) => [...html.matchAll(pattern)].map(([, found = ""]) => found);
  return {
    ids: new Set(all(/\bid="([^"]+)"/g)),
    links: all(/<a\b[^>]*?\bhref="([^"]+)"/g),
    loaded: all(LOADED),
  };
}

const built = new Map(globSync("**/*.html", { cwd: WWW }).map((path) => [path, read(path)]));

/** The file that an address of the site stands for. */
function fileOf(from: string, path: string): string {
  if (path === "") return from;
  const file = posix.join(path.startsWith("/") ? "" : posix.dirname(from), path).replace(/^\//, "");
  if (file === "" || file.endsWith("/")) return `${file}index.html`;
  return existsSync(join(WWW, `${file}.html`)) ? `${file}.html` : file;
}

function faultOf(from: string, link: string): string | null {
  if (ELSEWHERE.test(link)) return link.includes("OWNER") ? "is a placeholder" : null;
  const [, path = "", anchor = ""] = /^([^?#]*)(?:\?[^#]*)?#?(.*)$/.exec(link) ?? [];
  const file = fileOf(from, decodeURI(path));
  if (!existsSync(join(WWW, file))) return "leads nowhere";
  const page = built.get(file);
  if (page === undefined || anchor === "") return null;
  if (file === PLAYGROUND && anchor.includes("=")) return null; // a scene, read by browser/site/playground/links.test.ts
  return page.ids.has(decodeURIComponent(anchor)) ? null : "names an anchor that is not there";
}

const faults = new Set<string>();
for (const [path, { links, loaded }] of built) {
  for (const link of links) {
    const fault = faultOf(path, link);
    if (fault !== null) faults.add(`${path}: "${link}" ${fault}`);
  }
  for (const link of loaded) {
    const isElsewhere = ELSEWHERE.test(link) && !link.startsWith("data:");
    const fault = isElsewhere ? "is loaded from elsewhere" : faultOf(path, link);
    if (fault !== null) faults.add(`${path}: "${link}" ${fault}`);
  }
}
for (const fault of faults) console.error(fault);
console.log(`site: ${built.size} pages built, ${faults.size} faults`);
process.exitCode = built.size > 1 && faults.size === 0 ? 0 : 1;
