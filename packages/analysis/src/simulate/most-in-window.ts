import { type Millis, PolicyOptionsError, readArguments } from "@steadfast/policy";

/**
 * Counts how many instants fall into one window at the most: the rate that was really reached.
 *
 * Pure. Units: whole milliseconds. Edges: a window is half-open, so that two instants exactly `windowMs`
 * apart are never in one; a window of 0 holds nothing. Errors: `PolicyOptionsError` for what is no list of
 * ascending numbers, as the launches of a simulation are, and for a length below 0.
 *
 * @since 0.1.0
 * @param instants ascending.
 * @param windowMs how long the window is, at least 0.
 * @example
 * mostInWindow([0, 500, 999, 1_000], 1_000); // => 3
 */
export function mostInWindow(instants: readonly Millis[], windowMs: Millis): number {
  readArguments("mostInWindow", arguments, 2);
  const isList = Array.isArray(instants) && instants.every((at) => typeof at === "number");
  if (!isList || instants.some((at, i) => at < (instants[i - 1] ?? at))) {
    throw new PolicyOptionsError("mostInWindow", "instants", "ascending numbers", instants);
  }
  if (typeof windowMs !== "number" || !(windowMs >= 0)) {
    throw new PolicyOptionsError("mostInWindow", "windowMs", "a number of at least 0", windowMs);
  }
  let most = 0;
  let first = 0;
  instants.forEach((at, last) => {
    while (first <= last && at - (instants[first] as Millis) >= windowMs) first++;
    most = Math.max(most, last - first + 1);
  });
  return most;
}
