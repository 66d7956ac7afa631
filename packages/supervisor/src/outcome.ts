import type { CompletedExit, Exit } from "@steadfast/policy";
import type { Ending } from "@steadfast/supervision";

/**
 * How a supervision ended. It is a value, never a rejection, and it keeps the root cause.
 *
 * @since 0.1.0
 */
export type Outcome<Value = unknown> =
  | CompletedOutcome<Value>
  | ExcusedOutcome<Value>
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
 * The child is done: no restart is wanted, and its last exit is `completed`.
 * @since 0.1.0
 */
export interface CompletedOutcome<Value = unknown> extends Ended<Value> {
  readonly type: "completed";
  /** A task's result: the `value` of the last exit. Processes and threads have none: undefined. */
  readonly value: Value;
}

/**
 * The child is done without having completed: no restart is wanted, and the last exit, which is no failure, is another
 * than `completed`. By default `cancelled` and `lost` are such exits; `isFailure` may excuse more.
 * @since 0.1.0
 */
export interface ExcusedOutcome<Value = unknown> extends Ended<Value> {
  readonly type: "excused";
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
    case "excused":
      return { type: "excused", ...ended };
    case "completed": {
      // A launcher whose `Value` is not undefined says it in each exit that is `completed`.
      const value = (lastExit as CompletedExit<Value>).value as Value;
      return { type: "completed", value, ...ended };
    }
  }
}
