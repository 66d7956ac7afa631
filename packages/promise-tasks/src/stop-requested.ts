import type { StopReason } from "@steadfast/supervisor";

/**
 * Why a task is to end: it was asked to, or `kill`, after which nobody waits for it any more.
 * @since 0.1.0
 */
export type TaskStopReason = StopReason | "kill";

/**
 * The reason of a task's AbortSignal, and so what `fetch` and its like reject with.
 *
 * Its `name` is `AbortError`, because that is what the platform's own aborts are called; its `code`
 * and `reason` are stable, so compare these.
 *
 * Fix: nothing is broken. The task should clean up and reject with it, or return; to tell it from a
 * failure, ask `isStopRequestedError`.
 *
 * @since 0.1.0
 */
export class StopRequestedError extends Error {
  readonly code = "ERR_STOP_REQUESTED";
  /** Why the task is to end. */
  readonly reason: TaskStopReason;

  constructor(reason: TaskStopReason) {
    super(`the task was asked to stop: ${reason}`);
    this.name = "AbortError";
    this.reason = reason;
  }
}

/**
 * True for a `StopRequestedError` of any copy of this package, also of `@steadfast/worker-threads`.
 *
 * Decides by the `code` alone, so it also knows the errors of another realm. Total: false for anything
 * whose `code` cannot be read, also a Proxy that traps everything.
 *
 * @since 0.1.0
 */
export function isStopRequestedError(error: unknown): error is StopRequestedError {
  try {
    return (error as { readonly code?: unknown }).code === "ERR_STOP_REQUESTED";
  } catch {
    return false; // undefined, null, a getter that throws, or a Proxy
  }
}
