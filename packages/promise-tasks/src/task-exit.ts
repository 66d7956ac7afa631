// Cancelled or failed: what a rejection means, by the state of the task's signal when it is seen.

import type { CancelledExit, FailedExit } from "@steadfast/policy";

/**
 * The exit of a task that threw or rejected. Total: any value, also a Proxy that traps everything.
 *
 * `cancelled` if the signal has fired and the error says that this is why: it is called `AbortError`,
 * as the signal's reason is, or that reason is its `cause`. Every other error is a failure, before
 * the signal and after it, so that what goes wrong while stopping keeps its root cause.
 */
export function rejectionExit(error: unknown, signal: AbortSignal): CancelledExit | FailedExit {
  return { kind: signal.aborted && blames(error, signal.reason) ? "cancelled" : "failed", error };
}

function blames(error: unknown, reason: unknown): boolean {
  try {
    const { name, cause } = error as { name?: unknown; cause?: unknown };
    return name === "AbortError" || cause === reason;
  } catch {
    return false; // undefined, null, or a getter that throws
  }
}
