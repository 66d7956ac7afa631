// Wall 1: who may import whom. Sources follow the table; tests, benches and examples may use what
// their package.json declares, and what all tests share, but never reach into another package's folder.

import { posix } from "node:path";
import type ts from "typescript";
import type { Finding } from "./finding.ts";
import { type ModuleReference, moduleReferences } from "./module-references.ts";
import { folderOf, type Manifest, type Package } from "./repo.ts";
import { findingAt, type Sources } from "./sources.ts";
import { NODE_ONLY, type Row, SCOPE, TABLE, TEST_ONLY } from "./table.ts";

const RULE = "imports";
/** Folders of a package; the files beside them are settings, which share the repository's. */
const AREAS = ["src", "test", "bench", "examples"];
/** What the tests of several packages share. */
const SHARED = "config/testing/";

interface Place {
  readonly path: string;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly row: Row;
  readonly inSource: boolean;
  readonly inTest: boolean;
  /** May use node:* here. */
  readonly node: boolean;
}

/** Whether a file of a package is one of those that its row lets use Node. */
export function isNodeFile(path: string, folder: string, row: Row): boolean {
  if (row.surroundings === "node" || row.surroundings === "private") return true;
  const inside = path.slice(`${folder}/src/`.length);
  return (row.nodeFiles ?? []).some((entry) =>
    entry.endsWith("/") ? inside.startsWith(entry) : inside === entry,
  );
}

/** `@steadfast/policy` of `@steadfast/policy/sub/path`. */
export function packageNameOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function againstRelative(place: Place, specifier: string): string | null {
  const target = posix.join(posix.dirname(place.path), specifier);
  if (place.inTest && target.startsWith(SHARED)) return null;
  const bounds = place.inSource ? `${place.folder}/src/` : `${place.folder}/`;
  if (!target.startsWith(bounds)) {
    return `"${specifier}" leaves ${place.inSource ? "the package's src" : "the package"}`;
  }
  const asSource = target.replace(/\.([cm]?)js$/, ".$1ts");
  if (place.inSource && !place.node && isNodeFile(asSource, place.folder, place.row)) {
    return `"${specifier}" needs Node: only the other Node files of the package may import it`;
  }
  return null;
}

function againstScope(place: Place, specifier: string): string | null {
  const name = packageNameOf(specifier);
  const short = name.slice(SCOPE.length);
  const own = name === place.manifest.name;
  if (own && place.inSource) return `"${specifier}": a package imports itself by relative paths`;
  if (own) return null;
  if (short === "conformance") return "nobody imports conformance";
  if (place.inSource) {
    if (!place.row.may.includes(short)) {
      const may = place.row.may.join(", ") || "nothing";
      return `${place.folder} may not import ${name} (it may import: ${may})`;
    }
    const forTests = place.row.surroundings === "private" || place.row.testKit === true;
    if (TEST_ONLY.includes(specifier) && !forTests) {
      return `${specifier} is for tests only`;
    }
    if (NODE_ONLY.includes(specifier) && !place.node) {
      return `${specifier} needs Node, and ${place.folder} runs without`;
    }
    if (place.manifest.dependencies?.[name] === undefined) {
      return `${name} is not in the dependencies of ${place.folder}/package.json`;
    }
    return null;
  }
  const declared = { ...place.manifest.dependencies, ...place.manifest.devDependencies };
  return declared[name] === undefined
    ? `${name} is neither in dependencies nor in devDependencies of ${place.folder}/package.json`
    : null;
}

/** What is wrong with one reference, null if nothing. */
function verdict(place: Place, { specifier }: ModuleReference): string | null {
  if (specifier === null) {
    return place.inSource && !place.node ? "a module name must be a plain string here" : null;
  }
  if (specifier.startsWith(".")) return againstRelative(place, specifier);
  if (specifier.startsWith(SCOPE)) return againstScope(place, specifier);
  if (!place.inSource) return null;
  if (specifier.startsWith("node:")) {
    return place.node ? null : `${specifier}: ${place.folder} may not use node:* here`;
  }
  if (place.row.thirdParty?.includes(packageNameOf(specifier))) return null;
  return `"${specifier}": no third-party imports (a Node module is written node:...)`;
}

function directives(place: Place, file: ts.SourceFile): Finding[] {
  const all = [
    ...file.typeReferenceDirectives,
    ...file.libReferenceDirectives,
    ...file.referencedFiles,
  ];
  return place.inSource && !place.node
    ? all.map((directive) => ({
        file: place.path,
        line: file.getLineAndCharacterOfPosition(directive.pos).line + 1,
        rule: RULE,
        message: `/// <reference ...="${directive.fileName}"> brings in what tsconfig keeps out`,
      }))
    : [];
}

export function checkImports(packages: readonly Package[], sources: Sources): Finding[] {
  const manifests = new Map(packages.map(({ folder, manifest }) => [folder, manifest]));
  const findings: Finding[] = [];
  for (const [path, file] of sources.files) {
    const folder = folderOf(path);
    const row = folder === null ? undefined : TABLE[folder];
    const manifest = folder === null ? undefined : manifests.get(folder);
    if (folder === null || row === undefined || manifest === undefined) continue;
    const [area = ""] = path.slice(folder.length + 1).split("/");
    if (!AREAS.includes(area)) continue;
    const inSource = area === "src";
    const node = isNodeFile(path, folder, row);
    const inTest = area === "test";
    const place: Place = { path, folder, manifest, row, inSource, inTest, node };
    findings.push(...directives(place, file));
    for (const reference of moduleReferences(file)) {
      const message = verdict(place, reference);
      if (message !== null) findings.push(findingAt(path, reference.node, RULE, message));
    }
  }
  return findings;
}
