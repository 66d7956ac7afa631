import type { LaunchInfo } from "@steadfast/supervisor";

/**
 * What one attempt of a task is given. The functions need no `this`; after the end they do nothing.
 * @since 0.1.0
 */
export interface TaskContext extends LaunchInfo {
  /** Fires when the task is to end. Its `reason` is a `StopRequestedError`. A new one per attempt. */
  readonly signal: AbortSignal;
  /** Reports that the task does its work now. */
  ready(): void;
  /** Reports that the task is alive and cannot work now. */
  notReady(): void;
  /** Reports that the task is alive. One call is one heartbeat: the interval is the caller's. */
  heartbeat(): void;
  /**
   * Gives the one listener for what `send` passes on, in order; another one replaces it. Messages sent
   * before are delivered at once: 100 may wait, and the next one is refused, as `handle.send` says.
   */
  onMessage(listener: (message: unknown) => void): void;
}

/**
 * Work to keep running: a function that returns, or promises, its result.
 * @since 0.1.0
 */
export type Task<Value> = (context: TaskContext) => Value | PromiseLike<Value>;
