import type { Millis } from "@steadfast/policy";

/** How long ago: 0 when the clock went back, and longer than anything for what never was. */
export function ageOf(at: Millis | null, now: Millis): number {
  return at === null ? Number.POSITIVE_INFINITY : Math.max(0, now - at);
}
