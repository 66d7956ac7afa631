// The check for what comes behind the last argument: JavaScript drops it silently, and a second policy
// that nobody asks is a limit that nobody keeps.

import { property } from "./checks.js";
import { PolicyOptionsError } from "./errors.js";

/**
 * Refuses what a caller gave behind the last argument of a function, so that nothing is dropped silently.
 *
 * Decides: `undefined` is nothing; the index and the list that `list.map(giveUp)` gives are let through,
 * where `most` is 1. Effect on state: none. Errors: `PolicyOptionsError` for anything else, with a hint
 * where it is a policy.
 *
 * @since 0.1.0
 * @param owner the function that was called, for the message.
 * @param given its `arguments`.
 * @param most how many it takes, a whole number from 1.
 *
 * @example
 * const given = [restartOn("transient"), undefined]; // the `arguments` of a call
 * readArguments("giveUp", given, 1); // => undefined
 */
export function readArguments(owner: string, given: ArrayLike<unknown>, most: number): void {
  if (most === 1 && isOfMap(given)) return;
  for (let i = most; i < given.length; i++) {
    const extra = given[i];
    if (extra === undefined) continue;
    const hint = property(extra, "step") ? "a policy: did you mean allOf(...)?" : "";
    throw new PolicyOptionsError(
      owner,
      `arguments[${i}]`,
      `left out: it takes ${most}`,
      extra,
      hint,
    );
  }
}

/** Whether these are the item, its index and the list, as `list.map` gives them. */
function isOfMap({ 0: item, 1: index, 2: list }: ArrayLike<unknown>): boolean {
  return typeof index === "number" && property(list, index) === item;
}
