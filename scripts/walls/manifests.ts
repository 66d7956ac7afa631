// Wall 1, the other half: package.json says what the sources do, and no more. Published packages have
// no third-party runtime dependency.

import type { Finding } from "./finding.ts";
import { packageNameOf } from "./imports.ts";
import { moduleReferences } from "./module-references.ts";
import type { Package, Repo } from "./repo.ts";
import type { Sources } from "./sources.ts";
import { type Row, SCOPE, TABLE } from "./table.ts";

const RUNTIME = ["dependencies", "peerDependencies", "optionalDependencies"] as const;
const UNIMPORTABLE = ["bench", "conformance", "sample"];

/** The line on which a name first stands as a JSON string. */
function lineOf(text: string, name: string): number {
  const index = text.indexOf(JSON.stringify(name));
  return index < 0 ? 1 : text.slice(0, index).split("\n").length;
}

function againstRuntime(name: string, range: string, row: Row): string | null {
  if (row.thirdParty?.includes(name)) return null;
  if (!name.startsWith(SCOPE)) return `${name}: no third-party runtime dependencies`;
  if (!row.may.includes(name.slice(SCOPE.length))) return `it may not depend on ${name}`;
  return range === "workspace:^" ? null : `${name} must be "workspace:^", not "${range}"`;
}

function againstDevelopment(name: string, row: Row): string | null {
  if (!name.startsWith(SCOPE)) return null;
  const short = name.slice(SCOPE.length);
  if (UNIMPORTABLE.includes(short)) return `nobody depends on ${name}`;
  if (row.never?.includes(short)) return `it may not depend on ${name}, not even for tests`;
  return null;
}

function imported(folder: string, sources: Sources): Set<string> {
  const names = new Set<string>();
  for (const [path, file] of sources.files) {
    if (!path.startsWith(`${folder}/src/`)) continue;
    for (const { specifier } of moduleReferences(file)) {
      if (specifier?.startsWith(SCOPE)) names.add(packageNameOf(specifier));
    }
  }
  return names;
}

function checkOne({ folder, manifest }: Package, row: Row, repo: Repo, sources: Sources) {
  const file = `${folder}/package.json`;
  const text = repo.get(file) ?? "";
  const findings: Finding[] = [];
  const report = (name: string, message: string | null) => {
    if (message === null) return;
    findings.push({ file, line: lineOf(text, name), rule: "manifest", message });
  };
  const used = imported(folder, sources);
  for (const kind of RUNTIME) {
    for (const [name, range] of Object.entries(manifest[kind] ?? {})) {
      report(name, againstRuntime(name, range, row) ?? againstDevelopment(name, row));
      if (row.surroundings !== "private" && name.startsWith(SCOPE) && !used.has(name)) {
        report(name, `${name} is declared but no source imports it`);
      }
    }
  }
  for (const name of Object.keys(manifest.devDependencies ?? {})) {
    report(name, againstDevelopment(name, row));
  }
  return findings;
}

export function checkManifests(
  repo: Repo,
  packages: readonly Package[],
  sources: Sources,
): Finding[] {
  return packages.flatMap((one) => {
    const row = TABLE[one.folder];
    if (row !== undefined) return checkOne(one, row, repo, sources);
    const message = `${one.folder} has no row in scripts/walls/table.ts`;
    return [{ file: `${one.folder}/package.json`, line: 1, rule: "manifest", message }];
  });
}
