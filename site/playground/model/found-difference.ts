// Marks that show where two policies part, as `diff` finds them: the fewest and simplest lives that lead there.

import { diff } from "@steadfast/analysis";
import { firstDifference, rowsOf } from "./compared.ts";
import { niceStep } from "./durations.ts";
import { played } from "./played.ts";
import { type PolicyIn, sideOptions } from "./policy-in.ts";
import { type Mark, MOST, type Scene } from "./scene.ts";

export interface Found {
  /** The line that shows it; null where there is none to show. */
  readonly line: Pick<Scene, "marks" | "forMs"> | null;
  /** What was found, for people. */
  readonly words: string;
}

/** Looks for a line on which the two policies of a scene answer differently. Pure; up to a second of work. */
export function foundDifference(a: PolicyIn, b: PolicyIn, scene: Scene): Found {
  if (a.policy === null || b.policy === null) return { line: null, words: "One is not a policy." };
  const { differ, trace, looked } = diff(
    { policy: a.policy, ...sideOptions(a.rules, scene) },
    { policy: b.policy, ...sideOptions(b.rules, scene) },
    { compare: "reasons", maxLives: MOST.marks },
  );
  if (!differ) {
    const words = `None found in ${looked.traces} lines of up to ${looked.lives} exits, which is no proof.`;
    return { line: null, words };
  }
  const marks = trace.flatMap(({ at, event }): Mark[] =>
    event.type === "exited"
      ? [{ at, kind: event.exit.kind === "completed" ? "clean" : "crash" }]
      : [],
  );
  const last = trace.at(-1);
  const waits = [last?.a, last?.b].map((decision) => {
    if (decision?.type === "launch") return decision.delayMs;
    return decision?.type === "refuse" ? (decision.retryAfterMs ?? 0) : 0;
  });
  const end = Math.max(500, (last?.at ?? 0) + Math.max(...waits));
  if (end > MOST.forMs) return { line: null, words: "They part later than a line may be long." };
  const line = { marks, forMs: Math.min(niceStep(end * 1.5), MOST.forMs) };
  const there = { ...scene, ...line };
  const shown = rowsOf(played(a.policy, a.rules, there), played(b.policy, b.rules, there));
  if (firstDifference(shown) !== null)
    return { line, words: "Found: the shortest line that parts them." };
  return { line, words: "They part here with other draws: try another seed." };
}
