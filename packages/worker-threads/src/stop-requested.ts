import type { StopReason } from "@steadfast/supervisor";

/**
 * The reason of a worker's `stopSignal()`, and so what everything rejects with that was given it.
 *
 * Its `name` is `AbortError`, because that is what the platform's own aborts are called; its `code`
 * and `reason` are stable, so compare these.
 *
 * Fix: nothing is broken. The worker should finish, close what keeps it alive, and end by itself.
 *
 * @since 0.1.0
 */
export class StopRequestedError extends Error {
  readonly code = "ERR_STOP_REQUESTED";
  /** Why the worker is to end. */
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(`the worker was asked to stop: ${reason}`);
    this.name = "AbortError";
    this.reason = reason;
  }
}
