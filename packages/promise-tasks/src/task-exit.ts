// Cancelled or failed: what a rejection means, by whether the task was asked to stop when it is seen.

import type { CancelledExit, FailedExit } from "@steadfast/policy";

/**
 * The exit of a task that threw or rejected. Total: any value, also a Proxy that traps everything.
 *
 * `cancelled` if the signal has fired (`stop` is its reason) and the error says that this is why: it is that
 * reason, or has it as its `cause`, or is called `AbortError`. Every other error is a failure, before
 * the signal and after it, so that what goes wrong while stopping keeps its root cause.
 */
export function rejectionExit(error: unknown, stop: Error | null): CancelledExit | FailedExit {
  return { kind: stop && blames(error, stop) ? "cancelled" : "failed", error };
}

function blames(error: unknown, reason: unknown): boolean {
  try {
    const { name, cause } = error as { name?: unknown; cause?: unknown };
    return error === reason || name === "AbortError" || cause === reason;
  } catch {
    return false; // undefined, null, or a getter that throws
  }
}
