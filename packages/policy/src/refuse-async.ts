// A function of the user's that was to answer at once, and is async.

import { PolicyOptionsError } from "./errors.js";
import { ignoreRejection } from "./step-fault.js";

/** Throws `PolicyOptionsError` for a promise, of which the rejection is heard: it is no state, no answer and no verdict. What is none is let pass. */
export function refuseAsync(owner: string, part: string, answer: unknown): void {
  if (typeof (answer as Partial<PromiseLike<unknown>> | null)?.then !== "function") return;
  ignoreRejection(answer);
  throw new PolicyOptionsError(owner, part, "a function that is not async", answer);
}
