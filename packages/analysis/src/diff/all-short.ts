import { lengthOf } from "./chain.js";
import { isShorter, type Life, live, type Stage, type Twin } from "./twin.js";

const MOST_SHORT = 10_000;

export interface AllShort {
  /** The shortest on which they disagree; null: none was found among those that were looked at. */
  readonly best: Twin | null;
  /** How many traces were looked at. */
  readonly looked: number;
  /** All traces of up to so many lives that matter were among them. */
  readonly depth: number;
  /** Whether no trace goes on after that, or none may: then these were all. */
  readonly complete: boolean;
}

/** All short traces, level by level: one life more at a time. */
export function allShort(
  stage: Stage,
  first: Twin,
  livesAfter: (twin: Twin) => readonly Life[],
  maxLives: number,
): AllShort {
  let level: readonly Twin[] = [first];
  let best: Twin | null = null;
  let looked = 0;
  let depth = 0;
  while (depth < maxLives && level.length > 0) {
    // A trace of so many lives has a start, and two events for each of them, at least.
    if (best && 1 + 2 * (depth + 1) >= lengthOf(best.rows)) break;
    const next = new Map<string, Twin>();
    for (const twin of level) {
      for (const life of livesAfter(twin)) {
        if (looked === MOST_SHORT) return { best, looked, depth, complete: false };
        looked++;
        const after = live(stage, twin, life);
        if (after.status === "differ" && (!best || isShorter(after, best))) best = after;
        if (after.status === "up") keepShortest(next, after);
      }
    }
    level = [...next.values()];
    depth++;
  }
  return { best, looked, depth, complete: best === null };
}

/** Of traces that leave the same behind, the shortest is enough. */
function keepShortest(twins: Map<string, Twin>, twin: Twin): void {
  const key = JSON.stringify([twin.states, twin.at]);
  const other = twins.get(key);
  if (!other || isShorter(twin, other)) twins.set(key, twin);
}
