// Wall 5: names that say nothing, `I` before interfaces, and Object.freeze in sources (the law kit
// freezes; production code simply does not mutate).

import ts from "typescript";
import type { Finding } from "./finding.ts";
import { globalReferences, membersTaken } from "./references.ts";
import { folderOf, type Package, type Repo } from "./repo.ts";
import { findingAt, type Sources, walk } from "./sources.ts";
import { TABLE } from "./table.ts";

const RULE = "names";
const EMPTY_NAMES = new Set(["common", "helper", "helpers", "misc", "util", "utils"]);

/** `test-helpers.ts` says as little as `helpers.ts`. */
function emptyWord(name: string): string | undefined {
  return name.split(/[-._@/]/).find((word) => EMPTY_NAMES.has(word.toLowerCase()));
}

function checkPaths(repo: Repo): Finding[] {
  return [...repo.keys()].flatMap((path) => {
    const word = emptyWord(path);
    const message = `"${word}" does not say what is in it`;
    return word === undefined ? [] : [{ file: path, line: 1, rule: RULE, message }];
  });
}

function checkPackageNames(packages: readonly Package[]): Finding[] {
  return packages.flatMap(({ folder, manifest }) => {
    const word = emptyWord(manifest.name ?? "");
    const message = `a package called "${word}" does not say what is in it`;
    return word === undefined
      ? []
      : [{ file: `${folder}/package.json`, line: 1, rule: RULE, message }];
  });
}

/** `IShape` but not `Item` or `IO`. */
function hasInterfacePrefix(name: string): boolean {
  const [first = "", second = "", third = ""] = name;
  const upper = (letter: string) => letter >= "A" && letter <= "Z";
  const lower = (letter: string) => letter >= "a" && letter <= "z";
  return first === "I" && upper(second) && lower(third);
}

/** A test kit freezes what it hands to those whom it tests. */
function mayFreeze(path: string): boolean {
  return TABLE[folderOf(path) ?? ""]?.testKit === true;
}

function checkSource(path: string, file: ts.SourceFile, checker: ts.TypeChecker): Finding[] {
  const findings: Finding[] = [];
  walk(file, (node) => {
    if (ts.isInterfaceDeclaration(node) && hasInterfacePrefix(node.name.text)) {
      const message = `interface ${node.name.text}: no I prefix`;
      findings.push(findingAt(path, node.name, RULE, message));
    }
  });
  if (mayFreeze(path)) return findings;
  for (const reference of globalReferences(file, checker)) {
    if (reference.text !== "Object" || !membersTaken(reference)?.includes("freeze")) continue;
    findings.push(findingAt(path, reference, RULE, "no Object.freeze in sources"));
  }
  return findings;
}

export function checkNames(
  repo: Repo,
  packages: readonly Package[],
  { files, checker }: Sources,
): Finding[] {
  const sources = [...files].filter(([path]) => /^packages\/[^/]+\/src\//.test(path));
  return [
    ...checkPaths(repo),
    ...checkPackageNames(packages),
    ...sources.flatMap(([path, file]) => checkSource(path, file, checker)),
  ];
}
