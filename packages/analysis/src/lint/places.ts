// Every policy in a composition that is made of no others, with what surrounds it.

import type { PolicyDescription } from "@steadfast/policy";
import { longestDelay, number, shortestDelay } from "./curves.js";

export interface Place {
  readonly description: PolicyDescription;
  readonly path: readonly number[];
  /** What it is a part of, from the outside in. */
  readonly within: readonly PolicyDescription[];
  /** The shortest delay that the child has served when this one is asked, before the n-th restart. */
  readonly servedMs: (n: number) => number;
  /** The delays that are still to come when this one has said yes: the shortest and the longest. */
  readonly restMs: { readonly shortest: number; readonly longest: number };
  /** Up to how much of a millisecond count its clock is rounded off: 0, or a unit less one. */
  readonly roundedMs: number;
}

const AT_ONCE: Omit<Place, "description"> = {
  path: [],
  within: [],
  servedMs: () => 0,
  restMs: { shortest: 0, longest: 0 },
  roundedMs: 0,
};

const COMBINATORS = ["allOf", "inTurn", "giveUp", "waitOut", "coarse"];
const PREDICATES = ["giveUpOn", "stopWhen"];
const LEAVES = [
  "slidingWindow",
  "pausingWindow",
  "backoff",
  "crashBudget",
  "decayingBudget",
  "lifetimeCap",
  "restartOn",
];

/** Whether all of a policy is of kinds whose rules are known here. A predicate is not. */
export function isKnown({ kind, members }: PolicyDescription): boolean {
  if (COMBINATORS.includes(kind)) return members?.every(isKnown) ?? false;
  return LEAVES.includes(kind);
}

/**
 * Likewise, and predicates are allowed: they decide by what an exit was, and add no limit or delay of a kind
 * that is not known.
 */
export function isKnownOrPredicate({ kind, members }: PolicyDescription): boolean {
  if (isCombinator(kind) || kind === "when") return members?.every(isKnownOrPredicate) ?? false;
  return LEAVES.includes(kind) || PREDICATES.includes(kind);
}

export function isCombinator(kind: string): boolean {
  return COMBINATORS.includes(kind);
}

/** Whether what is read off a description is so: every policy that is made of others is of a known kind. */
export function isProved({ kind, members }: PolicyDescription): boolean {
  return !members || (COMBINATORS.includes(kind) && members.every(isProved));
}

export function placesOf(
  description: PolicyDescription,
  around: Omit<Place, "description"> = AT_ONCE,
): readonly Place[] {
  const { kind, options, members } = description;
  if (!members) return [{ ...around, description }];
  return members.flatMap((member, i) => {
    const within = [...around.within, description];
    const inside = { ...around, within, path: [...around.path, i] };
    return placesOf(member, { ...inside, ...placed(kind, members, i, around, options.unitMs) });
  });
}

/** What the combinator changes for its i-th member. */
function placed(
  kind: string,
  members: readonly PolicyDescription[],
  i: number,
  { servedMs, restMs, roundedMs }: Omit<Place, "description">,
  unitMs: PolicyDescription["options"][string] | undefined,
): Partial<Place> {
  if (kind === "allOf") {
    const others = members.filter((_, j) => j !== i);
    const shortest = Math.max(0, ...others.map((other) => shortestDelay(other, 1)));
    const longest = Math.max(0, ...others.map(longestDelay));
    return {
      restMs: {
        shortest: Math.max(restMs.shortest, shortest),
        longest: Math.max(restMs.longest, longest),
      },
    };
  }
  if (kind === "inTurn") {
    const before = members.slice(0, i);
    const behind = members.slice(i + 1);
    const servedBefore = (n: number) =>
      before.reduce((sum, member) => sum + Math.ceil(shortestDelay(member, n)), servedMs(n));
    return {
      servedMs: servedBefore,
      restMs: {
        shortest: behind.reduce((sum, member) => sum + shortestDelay(member, 1), restMs.shortest),
        longest: behind.reduce((sum, member) => sum + longestDelay(member), restMs.longest),
      },
    };
  }
  if (kind === "coarse") return { roundedMs: roundedMs + number(unitMs, 1) - 1 };
  return {};
}
