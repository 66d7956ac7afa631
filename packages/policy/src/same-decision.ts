import type { Launch, Refuse, RestartDecision } from "./restart.js";

/** Any decision; what a kind of decision does not have is undefined. */
type AnyDecision = Pick<RestartDecision, "type"> &
  Partial<Omit<Launch, "type"> & Omit<Refuse, "type">>;

/**
 * Whether two decisions say the same: the rule by which `replay` compares them.
 *
 * Decides: true if they are of one type, with the same delay, or with the same reason and the same hint. Units, range,
 * defaults: none. Edge: delays are compared exactly, so that 0.1 and 0.10001 ms differ; NaN, which breaks the contract, is
 * unlike any delay, itself included. Other fields do not count. Effect on state: none. Errors: none.
 *
 * @since 0.1.0
 * @example
 * sameDecision(launch(5), launch(5)); // => true
 * sameDecision(refuse("window-full", 10), refuse("window-full", null)); // => false
 */
export function sameDecision(one: RestartDecision, other: RestartDecision): boolean {
  const a: AnyDecision = one;
  const b: AnyDecision = other;
  return (
    a.type === b.type &&
    a.delayMs === b.delayMs &&
    a.reason === b.reason &&
    a.retryAfterMs === b.retryAfterMs
  );
}
