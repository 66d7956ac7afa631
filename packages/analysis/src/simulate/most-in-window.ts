import { type Millis, readArguments } from "@steadfast/policy";

/**
 * The most instants that fall into any one window: the rate that was really reached.
 *
 * Pure. Units: whole milliseconds. Edges: a window is half-open, so that two instants exactly `windowMs`
 * apart are never in one; a window of 0 holds nothing. Errors: none; the instants must ascend, as the
 * launches of a simulation do.
 *
 * @since 0.1.0
 * @param instants ascending.
 * @param windowMs how long the window is, at least 0.
 * @example
 * mostInWindow([0, 500, 999, 1_000], 1_000); // => 3
 */
export function mostInWindow(instants: readonly Millis[], windowMs: Millis): number {
  readArguments("mostInWindow", arguments, 2);
  let most = 0;
  let first = 0;
  instants.forEach((at, last) => {
    while (first <= last && at - (instants[first] as Millis) >= windowMs) first++;
    most = Math.max(most, last - first + 1);
  });
  return most;
}
