import type { Exit } from "@steadfast/policy";
import type { Ending } from "@steadfast/supervision";

/**
 * How a supervision ended. It is a value, never a rejection, and it keeps the root cause.
 *
 * @since 0.1.0
 */
export type Outcome<Value = unknown> =
  | CompletedOutcome<Value>
  | StoppedOutcome<Value>
  | RefusedOutcome<Value>
  | FailedOutcome<Value>;

interface Ended<Value> {
  /** How the last attempt ended, with its live error; null if there was none. */
  readonly lastExit: Exit<Value> | null;
  /** Attempts launched, the first included. */
  readonly attempts: number;
}

/**
 * The child is done: no restart is wanted, and the last exit did not fail.
 * @since 0.1.0
 */
export interface CompletedOutcome<Value = unknown> extends Ended<Value> {
  readonly type: "completed";
  /** A task's result; undefined for processes and threads, and where the last exit carried none. */
  readonly value: Value | undefined;
}

/**
 * Somebody stopped it.
 * @since 0.1.0
 */
export interface StoppedOutcome<Value = unknown> extends Ended<Value> {
  readonly type: "stopped";
  /** What stopped it first: `handle.stop()`, the AbortSignal, or the end of an `await using`. */
  readonly by: "stop" | "abort" | "dispose";
  /** The reason of the AbortSignal, where it was one. */
  readonly abortReason?: unknown;
}

/**
 * The policy refused for good; with `onNotYet: "end"`, also "not yet".
 * @since 0.1.0
 */
export interface RefusedOutcome<Value = unknown> extends Ended<Value> {
  readonly type: "refused";
  /** The policy's stable code, such as `window-full`. */
  readonly reason: string;
  /** When it would have been admitted; null for never. */
  readonly retryAfterMs: number | null;
}

/**
 * The policy, the launcher or a callback that decides broke its contract.
 * @since 0.1.0
 */
export interface FailedOutcome<Value = unknown> extends Ended<Value> {
  readonly type: "failed";
  /** What was thrown, or a `ContractError` that says who broke what. */
  readonly error: unknown;
}

/** What is known of an ending besides how it was decided. */
interface Known<Value> {
  readonly lastExit: Exit<Value> | null;
  readonly attempts: number;
  /** The first fault, live. */
  readonly error: unknown;
  /** The reason of the AbortSignal. */
  readonly abortReason: unknown;
}

/** The outcome of a supervision that ended so, with its live causes. */
export function outcomeOf<Value>(
  ending: Ending,
  { lastExit, attempts, error, abortReason }: Known<Value>,
): Outcome<Value> {
  const ended = { lastExit, attempts };
  switch (ending.type) {
    case "stopped":
      return ending.by === "abort" ? { ...ending, abortReason, ...ended } : { ...ending, ...ended };
    case "refused":
      return { ...ending, ...ended };
    case "failed":
      return { type: "failed", error, ...ended };
    case "completed": {
      const value = lastExit?.kind === "completed" ? lastExit.value : undefined;
      return { type: "completed", value, ...ended };
    }
  }
}
