// What a driver of policies asks about the answers of one that somebody else wrote.

import { decisionFault, type RestartDecision, type RestartEvent } from "./restart.js";

/**
 * Hears a promise that came where an answer is due at once, so that its rejection ends no host. Anything else is let be.
 *
 * Decides: nothing; a promise of any realm is heard, and what it settles with is dropped. Effect on state: none. Errors: none.
 *
 * @since 0.1.0
 * @example
 * ignoreRejection(Promise.reject(new Error("nobody waits for it"))); // => undefined
 * ignoreRejection(5); // => undefined
 */
export function ignoreRejection(answer: unknown): void {
  try {
    (answer as PromiseLike<unknown>).then(nobody, nobody);
  } catch {
    // It is none.
  }
}

const nobody = () => {};

/**
 * What is wrong with what somebody's `step` returned, in words, or null if it keeps the contract. `supervise` and `retry`
 * ask this of every step.
 *
 * Decides: it is a list of a state and a decision; the decision is right (`decisionFault`); the state is no promise, as
 * that of an async function is. Edge: a promise in any of these places is heard, so that its rejection ends no host. Effect on
 * state: none. Errors: none.
 *
 * @since 0.1.0
 * @example
 * stepFault({ type: "reset" }, [0, noted]); // => null
 * stepFault({ type: "reset" }, [Promise.resolve(0), noted]); // => "a state must be plain JSON, got a promise"
 */
export function stepFault(event: RestartEvent, step: unknown): string | null {
  if (!Array.isArray(step)) {
    ignoreRejection(step);
    return "step must answer [state, decision]";
  }
  const [state, decision] = step as [{ readonly then?: unknown } | null, RestartDecision];
  const fault = decisionFault(event, decision);
  if (fault !== null) ignoreRejection(decision);
  if (fault !== null || typeof state?.then !== "function") return fault;
  ignoreRejection(state);
  return "a state must be plain JSON, got a promise";
}
