// Cancelled or failed: what a rejection means, by whether the task was asked to stop when it is seen.

import type { CancelledExit, FailedExit } from "@steadfast/policy";
import type { StopRequestedError } from "./stop-requested.js";

/**
 * The exit of a task that threw or rejected. Total: any value, also a Proxy that traps everything.
 *
 * `cancelled` if the signal has fired (`stop` is its reason) and the error says that this is why: it is called `AbortError`,
 * as the signal's reason is, or that reason is its `cause`. Every other error is a failure, before
 * the signal and after it, so that what goes wrong while stopping keeps its root cause.
 */
export function rejectionExit(
  error: unknown,
  stop: StopRequestedError | null,
): CancelledExit | FailedExit {
  return { kind: stop && blames(error, stop) ? "cancelled" : "failed", error };
}

function blames(error: unknown, reason: unknown): boolean {
  try {
    const { name, cause } = error as { name?: unknown; cause?: unknown };
    return name === "AbortError" || cause === reason;
  } catch {
    return false; // undefined, null, or a getter that throws
  }
}
