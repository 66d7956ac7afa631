// p-retry's options by a policy: p-retry calls and counts, the policy decides, and the wait is ours, since p-retry's
// own knows only a factor.

import { readArguments } from "@steadfast/policy";
import type { BridgeOptions, BridgePolicy } from "./attempts.js";
import { attempts } from "./attempts.js";
import { readFunction, readObject } from "./doors.js";
import { pause } from "./pause.js";

export type { BridgeOptions, BridgePolicy, BridgePreset } from "./attempts.js";

/**
 * Time and chance, and what ends a wait.
 * @since 0.1.0
 */
export interface PRetryBridgeOptions extends BridgeOptions {
  /** Ends the wait and the retries with its reason. Default: nothing does. */
  readonly signal?: AbortSignal;
  /** How it waits, for a test on virtual time. Default: a timer. */
  readonly wait?: (delayMs: number, signal?: AbortSignal) => PromiseLike<unknown>;
}

/**
 * The options of `pRetry` that a policy decides.
 * @since 0.1.0
 */
export interface PRetryOptions {
  /** Infinity, which is at least what any policy allows: it says when it is enough. */
  readonly retries: number;
  /** 0: the wait is in `onFailedAttempt`. */
  readonly minTimeout: 0;
  /** 0, for the same reason. */
  readonly maxTimeout: 0;
  /** Asks the policy, and waits as long as it says; throws the error if there is no further attempt. */
  readonly onFailedAttempt: (context: { readonly error: Error }) => Promise<void>;
  /** That of the options. Left out: there is none. */
  readonly signal?: AbortSignal;
}

/**
 * Makes a policy the options of one call of p-retry: `pRetry(task, pRetryOptions(policy))`.
 *
 * Decides: after each failure the policy; its delay runs from the failure, a refusal for good rejects with the
 * attempt's own error. Options are of one call: they hold the policy's state, which p-retry has no place for, so that
 * it ends with the process. Units: milliseconds. Edge: p-retry never retries a `TypeError` that is not one of the
 * network, and an `AbortError`. Effect: one timer while it waits.
 * Errors: `PolicyOptionsError` for a bad option, at once.
 *
 * @since 0.1.0
 * @example
 * const { retries } = pRetryOptions(lifetimeCap({ restarts: 3 }));
 * retries; // => Infinity
 */
export function pRetryOptions(
  policy: BridgePolicy,
  options: PRetryBridgeOptions = {},
): PRetryOptions {
  readArguments("pRetryOptions", arguments, 2);
  readObject("pRetryOptions", options);
  const { signal, wait = pause, ...others } = options;
  const bridge = attempts("pRetryOptions", policy, others);
  readFunction("pRetryOptions", "wait", wait);
  if (signal !== undefined) {
    readFunction("pRetryOptions", "signal.throwIfAborted", signal?.throwIfAborted);
  }
  let state: unknown;
  let startedAt = bridge.now();
  return {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 0,
    maxTimeout: 0,
    ...(signal && { signal }),
    async onFailedAttempt({ error }) {
      const verdict = bridge.after(state, { kind: "failed", error }, startedAt);
      state = verdict.state;
      if (verdict.delayMs === null) throw error;
      await wait(verdict.delayMs, signal);
      startedAt = bridge.now();
    },
  };
}
