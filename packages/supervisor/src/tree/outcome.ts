import type { Exit } from "@steadfast/policy";
import type { TreeOutcome as Ending, TreeStopSource } from "@steadfast/supervision/tree";

/**
 * How a tree ended. It is a value, never a rejection, and it keeps the root cause.
 * @since 0.1.0
 */
export type TreeOutcome =
  /** A significant child was done, and the tree with it. */
  | TreeCompleted
  /** Somebody stopped it. */
  | TreeStopped
  /** A policy or the budget refused a child's restart for good. */
  | TreeRefused
  /** A child could not be started at the beginning. */
  | TreeStartFailed
  /** A policy, a launcher or a callback that decides broke its contract. */
  | TreeFailed;

/**
 * Somebody stopped it.
 * @since 0.1.0
 */
export interface TreeStopped {
  readonly type: "stopped";
  /** What stopped it first; `parent`: the supervision that it is a child of. */
  readonly by: TreeStopSource;
  /** The reason of the AbortSignal, where it was one. */
  readonly abortReason?: unknown;
}

/**
 * The child that ended a tree.
 * @since 0.1.0
 */
export interface TreeCause {
  /** The path of the child that it ended for, such as `db` or `workers/w.1`. */
  readonly child: string;
  /** How that child's last attempt ended, with its live error; null if there was none. */
  readonly lastExit: Exit | null;
}

/**
 * A significant child was done, and the tree with it.
 * @since 0.1.0
 */
export interface TreeCompleted extends TreeCause {
  readonly type: "completed";
}

/**
 * A policy or the budget refused a child's restart for good.
 * @since 0.1.0
 */
export interface TreeRefused extends TreeCause {
  readonly type: "refused";
  /** The policy's stable code, such as `window-full`. */
  readonly reason: string;
  /** When it would have been admitted; null for never. */
  readonly retryAfterMs: number | null;
}

/**
 * A child could not be started at the beginning.
 * @since 0.1.0
 */
export interface TreeStartFailed extends TreeCause {
  readonly type: "start-failed";
}

/**
 * A policy, a launcher or a callback that decides broke its contract.
 * @since 0.1.0
 */
export interface TreeFailed {
  readonly type: "failed";
  /** What was thrown, or a `ContractError` that says who broke what. */
  readonly error: unknown;
  /** The path of the child that it was about; null for none. */
  readonly child: string | null;
}

/** What is known of an ending besides how it was decided. */
interface Known {
  /** The first fault, live. */
  readonly error: unknown;
  readonly abortReason: unknown;
  readonly lastExit: (path: readonly string[]) => Exit | null;
}

/** The outcome of a tree that ended so, with its live causes. */
export function treeOutcomeOf(ending: Ending, known: Known): TreeOutcome {
  switch (ending.type) {
    case "stopped": {
      const { abortReason } = known;
      return ending.by === "abort" ? { ...ending, abortReason } : ending;
    }
    case "failed": {
      const child = ending.path?.join("/") ?? null;
      return { type: "failed", error: known.error, child };
    }
    default: {
      const { path, ...rest } = ending;
      return { ...rest, child: path.join("/"), lastExit: known.lastExit(path) };
    }
  }
}
