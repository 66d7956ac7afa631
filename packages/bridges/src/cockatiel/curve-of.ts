import type { Curve } from "@steadfast/backoff";
import { readArguments } from "@steadfast/policy";
import { readFunction } from "../doors.js";
import type { BackoffContext, CockatielBackoff } from "./backoff-by.js";

/**
 * Makes a backoff of cockatiel a curve of ours: `backoff({ curve: curveOf(new ConstantBackoff(50)), jitter: "none" })`.
 *
 * Decides: the n-th delay is what the n-th backoff in a row says. Units: milliseconds. Range: what cockatiel says; the
 * policy's own cap still holds. Edge: each delay is asked for once and remembered, chance included, so that the curve is the
 * same for everybody who uses it; a backoff that ends stays at its last delay. A `DelegateBackoff` gets no failure, since a
 * curve knows none. Effect: none. Errors: `PolicyOptionsError` for what is no
 * backoff; what cockatiel throws.
 * Source: cockatiel 4, `IBackoffFactory`.
 *
 * @since 0.1.0
 * @example
 * const curve = curveOf({
 *   next: () => ({
 *     duration: 20,
 *     next() {
 *       return this;
 *     },
 *   }),
 * });
 * [curve(1), curve(2)]; // => [20, 20]
 */
export function curveOf(factory: Pick<CockatielBackoff, "next">): Curve {
  readArguments("curveOf", arguments, 1);
  readFunction("curveOf", "factory.next", factory?.next);
  const context: BackoffContext = { result: { error: undefined } };
  const delays: number[] = [];
  let last = factory;
  return (n) => {
    while (delays.length < n) {
      const next = last.next(context);
      if (next === last) return next.duration; // it ended, or never changes: nothing to remember
      delays.push(next.duration);
      last = next;
    }
    return delays[n - 1] ?? 0;
  };
}
