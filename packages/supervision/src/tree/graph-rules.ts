// Starts as a graph, checked once: which child waits for which, and which stands behind which, directly or not. Names
// are those of the list, so all replicas of a name stand in one place.

import { didYouMean, PolicyOptionsError } from "@steadfast/policy";
import type { ChildSpec, Dependency } from "./options.js";

/** What a child waits for. */
export type Need = Required<Dependency>;

export interface StartGraph {
  /** What each waits for. */
  readonly after: ReadonlyMap<string, readonly Need[]>;
  /** Who waits for it, directly or not. */
  readonly behind: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Null where nobody has `after`. `placeOf` says whose options are wrong. */
export function startGraph(
  children: readonly ChildSpec[],
  placeOf: (child: number) => string,
): StartGraph | null {
  if (children.every(({ after }) => after === undefined)) return null;
  const ids = children.map(({ id }) => id);
  const after = new Map<string, readonly Need[]>();
  for (const [i, spec] of children.entries()) {
    after.set(spec.id, needsOf(placeOf(i), spec, ids));
  }
  const behind = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
  for (const [i, id] of ids.entries()) {
    for (const before of allBefore(id, after, placeOf(i)))
      (behind.get(before) as Set<string>).add(id);
  }
  return { after, behind };
}

const ALLOWED = "an array of names, or of { id, until: ready or completed }";

function needsOf(place: string, { id, after = [] }: ChildSpec, ids: readonly string[]): Need[] {
  if (!Array.isArray(after)) throw new PolicyOptionsError(place, "after", ALLOWED, after);
  return (after as readonly (string | Dependency)[]).map((given, i) => {
    const need = typeof given === "string" ? { id: given } : given;
    const { id: name, until = "ready" } = need ?? {};
    const option = `after[${i}]`;
    if (typeof name !== "string" || !["ready", "completed"].includes(until)) {
      throw new PolicyOptionsError(place, option, ALLOWED, given);
    }
    if (!ids.includes(name)) {
      const hint = didYouMean(name, ids);
      throw new PolicyOptionsError(place, option, "the id of a child of the list", name, hint);
    }
    if (name === id) throw new PolicyOptionsError(place, option, "another child", name);
    return { id: name, until };
  });
}

/** Everybody who comes before a child. A way back to itself is an error that shows it. */
function allBefore(id: string, after: StartGraph["after"], place: string): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (name: string, way: readonly string[]): void => {
    for (const need of after.get(name) as readonly Need[]) {
      if (need.id === id) {
        const circle = [...way, name, id].join(" > ");
        throw new PolicyOptionsError(place, "after", "free of circles", circle);
      }
      if (found.has(need.id)) continue;
      found.add(need.id);
      walk(need.id, [...way, name]);
    }
  };
  walk(id, []);
  return found;
}
