import type { OutcomeType } from "./events.js";

const GOOD: readonly string[] = ["completed", "excused", "stopped"];

/**
 * Whether a supervision, or a tree, ended as somebody wanted: the rule of `exitCode`, and of what monitors call an error.
 *
 * Decides: true for `completed`, `excused` and `stopped`; false for `refused`, `start-failed` and `failed`. Edge: false for any other
 * word. Pure. Errors: none.
 *
 * @since 0.1.0
 * @example
 * isGoodOutcome("stopped"); // => true
 * isGoodOutcome("refused"); // => false
 */
export function isGoodOutcome(type: OutcomeType | "start-failed"): boolean {
  return GOOD.includes(type);
}
