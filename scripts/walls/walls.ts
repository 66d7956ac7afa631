// All walls over one repository.

import { checkCircles } from "./circles.ts";
import { checkEnglish } from "./english.ts";
import type { Finding } from "./finding.ts";
import { checkImports } from "./imports.ts";
import { checkManifests } from "./manifests.ts";
import { checkNames } from "./names.ts";
import { type Owed, withoutOwed } from "./owed.ts";
import { checkPublished } from "./published.ts";
import { checkPurity } from "./purity.ts";
import { folderOf, packagesOf, type Repo } from "./repo.ts";
import { checkSignals } from "./signals.ts";
import { checkSize } from "./size.ts";
import { readSources } from "./sources.ts";

export interface Inspection {
  readonly packages: number;
  readonly files: number;
  readonly findings: readonly Finding[];
}

/** Every finding but those that `owed` lists. */
export function inspect(repo: Repo, owed: readonly Owed[] = []): Inspection {
  const packages = packagesOf(repo);
  const sources = readSources(repo, (path) => folderOf(path) !== null);
  const findings = [
    ...sources.broken,
    ...checkManifests(repo, packages, sources),
    ...checkImports(packages, sources),
    ...checkPurity(sources),
    ...checkSignals(sources),
    ...checkNames(repo, packages, sources),
    ...checkPublished(repo, packages),
    ...checkCircles(sources),
    ...checkSize(sources),
    ...checkEnglish(repo),
  ];
  return {
    packages: packages.length,
    files: sources.files.size,
    findings: withoutOwed(findings, owed),
  };
}
