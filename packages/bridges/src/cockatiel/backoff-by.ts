// A policy as cockatiel's IBackoffFactory. cockatiel has no word for "no further attempt" there: the error is thrown.

import { readArguments } from "@steadfast/policy";
import { attempts, type BridgeOptions, type BridgePolicy } from "../attempts.js";

/**
 * What cockatiel hands to a backoff: the failure, as an error or as a value that counts as one.
 * @since 0.1.0
 */
export interface BackoffContext {
  /** The error, or the value. */
  readonly result: { readonly error: unknown } | { readonly value: unknown };
}

/**
 * A backoff of cockatiel, or its factory, which has no duration.
 * @since 0.1.0
 */
export interface CockatielBackoff {
  /** How long to wait, in milliseconds. */
  readonly duration: number;
  /** The next one. */
  next(context: BackoffContext): CockatielBackoff;
}

/**
 * Makes a policy a backoff of cockatiel: `retry(handleAll, { backoff: backoffBy(policy) })`.
 *
 * Decides: after each failure the policy; its delay runs from the failure. A refusal for good throws the failure, so that
 * `execute` rejects with the attempt's own error, without cockatiel's event `onGiveUp`; a value that counts as a failure is
 * thrown as it is. Give no `maxAttempts`. Each call of `execute` has a state of its own, which ends with the process:
 * cockatiel has no place for it. Units: milliseconds. Edge: how long the first attempt ran is not known, and counts as 0.
 * Effect: none. Errors: `PolicyOptionsError` for a bad option, at once.
 *
 * @since 0.1.0
 * @example
 * const first = backoffBy(backoff({ initialMs: 20, jitter: "none" })).next({ result: { error: "lost" } });
 * first.duration; // => 20
 * first.next({ result: { error: "lost" } }).duration; // => 40
 */
export function backoffBy(
  policy: BridgePolicy,
  options: BridgeOptions = {},
): Pick<CockatielBackoff, "next"> {
  readArguments("backoffBy", arguments, 2);
  const bridge = attempts("backoffBy", policy, options);

  function after(saved: unknown, startedAt: number | null, { result }: BackoffContext) {
    const error = "error" in result ? result.error : result.value;
    const now = bridge.now();
    const verdict = bridge.after(saved, { kind: "failed", error }, startedAt ?? now);
    const { delayMs, state } = verdict;
    if (delayMs === null) throw error;
    const duration = Math.ceil(delayMs);
    const next = (context: BackoffContext) => after(state, now + duration, context);
    return { duration, next };
  }
  return { next: (context) => after(undefined, null, context) };
}
