/**
 * How an attempt ended.
 *
 * The union is closed, and it keeps the root cause: the live `error`, the exit `code`, the `signal`,
 * and the last lines of stderr where there are any. `exitRecord` makes the bounded JSON projection
 * that journals and records hold.
 *
 * @since 0.1.0
 */
export type Exit<Value = unknown> =
  | CompletedExit<Value>
  | FailedExit
  | SignalledExit
  | OutOfMemoryExit
  | TimedOutExit
  | CancelledExit
  | SpawnFailedExit
  | UnhealthyExit
  | AbandonedExit
  | LostExit;

/**
 * The kinds of `Exit`, in the order of the union.
 * @since 0.1.0
 */
export type ExitKind = Exit["kind"];

/** What the exit of a process may carry, however it ended. */
interface OfProcess {
  /** The last lines the child wrote to stderr, oldest first, where they were collected. */
  readonly stderrTail?: readonly string[];
  /**
   * What became of the processes that it left behind in its group. `killed`: at least one had to be killed.
   * `unverified`: nobody can tell whether one is left. Left out: none is, and none was killed.
   */
  readonly rest?: "killed" | "unverified";
  /**
   * What was done to end it, in order: signals by name, else `message`, `stdin`, `taskkill`. Left out where that was
   * nothing, or one signal.
   */
  readonly steps?: readonly string[];
  /**
   * Processes that it has started and that have left its group: each its number and name, at most ten. They live on. Left
   * out: none is known.
   */
  readonly escaped?: readonly string[];
}

/**
 * The child ended by itself and well: a task that returned, a process or thread with code 0.
 * @since 0.1.0
 */
export interface CompletedExit<Value = unknown> extends OfProcess {
  readonly kind: "completed";
  /** What a task returned. Processes and threads have none. */
  readonly value?: Value;
  /** The exit code of a process or thread. A task has none. */
  readonly code?: 0;
}

/**
 * The child ended by itself and badly: it threw, rejected, or exited with a code other than 0.
 * @since 0.1.0
 */
export interface FailedExit extends OfProcess {
  readonly kind: "failed";
  /** Whatever was thrown, untouched: also `undefined`, a string, a frozen object, a Proxy. */
  readonly error?: unknown;
  /** The exit code of a process or thread, where it is known. */
  readonly code?: number;
}

/**
 * A process was ended by a signal.
 * @since 0.1.0
 */
export interface SignalledExit extends OfProcess {
  readonly kind: "signalled";
  /** The signal's name, such as `SIGKILL`. */
  readonly signal: string;
}

/**
 * A thread was ended by the runtime because it reached its memory limit.
 * @since 0.1.0
 */
export interface OutOfMemoryExit extends OfProcess {
  readonly kind: "out-of-memory";
  /** The runtime's error, untouched. */
  readonly error?: unknown;
  /** The exit code of the thread, where it is known. */
  readonly code?: number;
}

/**
 * The child did not become ready, or did not end, in the time it was given.
 * @since 0.1.0
 */
export interface TimedOutExit extends OfProcess {
  readonly kind: "timed-out";
  /** How long it was given. */
  readonly afterMs: number;
  /** How it then ended. */
  readonly ended?: Exit;
}

/**
 * A task ended because it was asked to: it rejected after its signal was aborted.
 * @since 0.1.0
 */
export interface CancelledExit extends OfProcess {
  readonly kind: "cancelled";
  /** What it rejected with, untouched. */
  readonly error?: unknown;
}

/**
 * There never was a child: the system refused to start one.
 * @since 0.1.0
 */
export interface SpawnFailedExit extends OfProcess {
  readonly kind: "spawn-failed";
  /** What the system said, untouched; mostly with a `code` such as `ENOENT`. */
  readonly error: unknown;
}

/**
 * The child was ended because its heartbeats stopped.
 * @since 0.1.0
 */
export interface UnhealthyExit extends OfProcess {
  readonly kind: "unhealthy";
  /** A stable word for what was wrong, such as `heartbeat-stale`. */
  readonly reason: string;
  /** How it then ended. */
  readonly ended?: Exit;
}

/**
 * The child did not end when it was forced to. It may still be there; it is no longer ours.
 * @since 0.1.0
 */
export interface AbandonedExit extends OfProcess {
  readonly kind: "abandoned";
}

/**
 * Nobody saw the end: the supervisor that watched this attempt died first.
 * @since 0.1.0
 */
export interface LostExit extends OfProcess {
  readonly kind: "lost";
}

/**
 * The default judgement of an exit: everything is a failure but `completed`, `cancelled` and `lost`.
 *
 * `supervise` judges every exit once, by its `isFailure` option, which is this function unless told
 * otherwise; policies see only the verdict. Looks at `kind` alone. Effect on state, errors: none.
 * Source: OTP's clean exits (`normal`, `shutdown`); an exit nobody saw is not held against a child.
 *
 * @since 0.1.0
 * @example
 * isFailure({ kind: "signalled", signal: "SIGSEGV" }); // => true
 * isFailure({ kind: "completed", code: 0 }); // => false
 */
export function isFailure(exit: Exit): boolean {
  return exit.kind !== "completed" && exit.kind !== "cancelled" && exit.kind !== "lost";
}
