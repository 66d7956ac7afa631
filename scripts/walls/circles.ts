// Wall 7: no circle of imports among sources, types included. A file that is imported by what it imports
// cannot be read, tested or moved alone, and its load order is an accident. An import of another package
// by its name counts as an import of the entry file that the name stands for.

import { posix } from "node:path";
import type { Finding } from "./finding.ts";
import { type ModuleReference, moduleReferences } from "./module-references.ts";
import { folderOf } from "./repo.ts";
import { findingAt, type Sources } from "./sources.ts";
import { SCOPE } from "./table.ts";

const RULE = "circles";
const EXTENSIONS = ["ts", "tsx", "mts", "cts"];

/** What a file imports, with the place of the import. */
type Edges = ReadonlyMap<string, ModuleReference>;
type Graph = ReadonlyMap<string, Edges>;

/** Paths, without extension, at which the file behind a specifier may stand. */
function candidates(from: string, specifier: string): string[] {
  if (specifier.startsWith(".")) {
    const target = posix.join(posix.dirname(from), specifier);
    return [target.replace(/\.[cm]?[jt]sx?$/, ""), `${target}/index`];
  }
  if (!specifier.startsWith(SCOPE)) return [];
  const [name = "", ...subpath] = specifier.slice(SCOPE.length).split("/");
  const entry = `packages/${name}/src/${subpath.join("/") || "index"}`;
  return [entry, `${entry}/index`];
}

function resolve(from: string, specifier: string, sources: Sources): string | undefined {
  return candidates(from, specifier)
    .flatMap((path) => EXTENSIONS.map((extension) => `${path}.${extension}`))
    .find((path) => sources.files.has(path));
}

function graphOf(sources: Sources): Graph {
  const graph = new Map<string, Edges>();
  for (const [path, file] of sources.files) {
    if (!path.startsWith(`${folderOf(path)}/src/`)) continue;
    const edges = new Map<string, ModuleReference>();
    for (const reference of moduleReferences(file)) {
      const target = resolve(path, reference.specifier ?? "", sources);
      if (target !== undefined && !edges.has(target)) edges.set(target, reference);
    }
    graph.set(path, edges);
  }
  return graph;
}

/** The shortest way from `start` back to itself: its files in order, `start` first; null if there is none. */
function shortestCircle(graph: Graph, start: string): string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const path of queue) {
    for (const next of graph.get(path)?.keys() ?? []) {
      if (next === start) {
        const circle = [path];
        while (circle[0] !== start) circle.unshift(cameFrom.get(circle[0] ?? "") ?? start);
        return circle;
      }
      if (cameFrom.has(next) || !graph.has(next)) continue;
      cameFrom.set(next, path);
      queue.push(next);
    }
  }
  return null;
}

/**
 * One finding per shortest circle: a file is reported if the shortest circle through it has no file that was
 * reported before. The finding stands at the import in the file whose path comes first.
 */
export function checkCircles(sources: Sources): Finding[] {
  const graph = graphOf(sources);
  const told = new Set<string>();
  const findings: Finding[] = [];
  for (const start of [...graph.keys()].sort()) {
    const circle = told.has(start) ? null : shortestCircle(graph, start);
    if (circle === null || circle.some((path) => told.has(path))) continue;
    for (const path of circle) told.add(path);
    const reference = graph.get(start)?.get(circle[1] ?? start);
    if (reference === undefined) continue;
    const message = `a circle of imports: ${[...circle, start].join(" -> ")}`;
    findings.push(findingAt(start, reference.node, RULE, message));
  }
  return findings;
}
