// All walls over one repository.

import type { Finding } from "./finding.ts";
import { checkImports } from "./imports.ts";
import { checkManifests } from "./manifests.ts";
import { checkNames } from "./names.ts";
import { checkPublished } from "./published.ts";
import { checkPurity } from "./purity.ts";
import { folderOf, packagesOf, type Repo } from "./repo.ts";
import { checkSignals } from "./signals.ts";
import { readSources } from "./sources.ts";

export interface Inspection {
  readonly packages: number;
  readonly files: number;
  readonly findings: readonly Finding[];
}

export function inspect(repo: Repo): Inspection {
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
  ];
  return { packages: packages.length, files: sources.files.size, findings };
}
