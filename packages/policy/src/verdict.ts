// What a function of the user's says of an exit.

import { refuseAsync } from "./refuse-async.js";

/** What a predicate answered, as a boolean. Throws `PolicyOptionsError` for a promise: each of them would be true. */
export function verdict(owner: string, answer: unknown, part = "predicate"): boolean {
  if (typeof answer === "object" && answer !== null) refuseAsync(owner, part, answer);
  return Boolean(answer);
}
