import type { Exit, Refuse } from "@steadfast/policy";

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

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown
  ? Omit<Union, Key>
  : never;

/** An outcome that is decided, while a child may still be alive. */
export type Ending<Value> = DistributiveOmit<Outcome<Value>, keyof Ended<Value>>;

/** The reasons of a refusal that mean "it is done", if the last exit did not fail. */
const DONE_REASONS: readonly string[] = ["not-wanted", "stop-when"];

/** How the last attempt ended, and what was thought of it. */
export interface Judged<Value> {
  readonly exit: Exit<Value>;
  readonly failed: boolean;
}

/** What a refusal that is final makes of a supervision. */
export function endingOf<Value>(
  { reason, retryAfterMs }: Refuse,
  last: Judged<Value> | null,
): Ending<Value> {
  if (!last || last.failed || !DONE_REASONS.includes(reason)) {
    return { type: "refused", reason, retryAfterMs };
  }
  return { type: "completed", value: last.exit.kind === "completed" ? last.exit.value : undefined };
}
