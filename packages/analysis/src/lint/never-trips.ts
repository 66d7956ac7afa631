import type { Millis } from "@steadfast/policy";
import { grouped } from "../simulate/grouped.js";
import { number } from "./curves.js";
import type { Finding } from "./finding.js";
import type { Pace } from "./pace.js";
import type { Place } from "./places.js";

/** The score of failures that are at least one delay apart stays below the sum of a geometric series. */
export function neverTrips({ description, path, roundedMs }: Place, pace: Pace): Finding | null {
  const { options } = description;
  const threshold = number(options.threshold);
  const halfLifeMs = number(options.halfLifeMs);
  const gapMs = Math.ceil(pace.delayMs(1)) - roundedMs;
  // A threshold that no score can exceed is how the guard is turned off.
  if (gapMs <= 0 || threshold >= Number.MAX_SAFE_INTEGER) return null;
  const fades = halfLifeMs === 0 ? 0 : 0.5 ** (gapMs / halfLifeMs);
  const highest = 1 / (1 - fades);
  if (highest > threshold) return null;
  return {
    code: "limit-unreachable",
    severity: "warning",
    message: `decayingBudget: failures ${grouped(gapMs)} ms apart, as the delays make them, never score more than ${highest.toFixed(3)}, and the threshold is ${threshold}`,
    numbers: { threshold, halfLifeMs, cycleMs: gapMs, highestScore: highest },
    fix: `set threshold below ${highest.toFixed(3)}, or halfLifeMs to more than ${halfLifeThatTrips(threshold, gapMs)}`,
    by: "proof",
    path,
  };
}

/** The highest score that failures at these instants reach. */
export function highestScore(stamps: readonly Millis[], halfLifeMs: number): number {
  let highest = 0;
  let score = 0;
  let before: Millis | null = null;
  for (const at of stamps) {
    const ageMs = at - (before ?? at);
    const left = halfLifeMs === 0 ? 0 : 0.5 ** (ageMs / halfLifeMs);
    score = score * left + 1;
    highest = Math.max(highest, score);
    before = at;
  }
  return highest;
}

/** `1 / (1 - 0.5^(gap / h))` is the threshold at this half-life. */
function halfLifeThatTrips(threshold: number, gapMs: number): string {
  const halfLifeMs = -gapMs / Math.log2(1 - 1 / threshold);
  return grouped(Math.ceil(halfLifeMs));
}
