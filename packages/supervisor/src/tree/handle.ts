import type { PolicyView } from "@steadfast/supervision";
import type { TreeStatus as TreeView } from "@steadfast/supervision/tree";
import type { EventListener } from "../event-hub.js";
import type { SupervisorEvent } from "../events.js";
import type { SupervisorHandle, SupervisorStatus } from "../handle.js";
import type { TreeAnswer } from "./open-orders.js";
import type { TreeOutcome } from "./outcome.js";
import type { TreeSnapshot } from "./snapshot.js";

/**
 * The path of a child in a tree: names with a slash between, such as `workers/w.1`, or a list of them.
 * @since 0.1.0
 */
export type ChildPath = string | readonly string[];

/**
 * What is known of a tree, as plain JSON.
 * @since 0.1.0
 */
export interface TreeHandleStatus extends TreeView {
  /** Its name in events. */
  readonly id: string;
}

/**
 * What is known of one child of a tree, as plain JSON.
 * @since 0.1.0
 */
export interface TreeChildStatus extends Omit<SupervisorStatus, "outcome" | "held"> {
  /** The name of its kind. */
  readonly kind: string;
  /** Whether it has ended and is not wanted any more. */
  readonly done: boolean;
}

/**
 * A running tree. Once it has an outcome it is over, and nothing here has an effect.
 * @since 0.1.0
 */
export interface TreeHandle extends AsyncDisposable {
  /** Settles when the tree is over and no child is left. Never rejects. */
  readonly outcome: Promise<TreeOutcome>;
  /**
   * Settles with true when every child of the list was started once, whether it is ready or, with `startFailure: "restart"`,
   * could not be started and is restarted by its policy: `status()` says which; for a snapshot of a tree that was up at once;
   * with false if it was over before.
   */
  readonly up: Promise<boolean>;
  /** What is known of all children now. Changes nothing. */
  status(): TreeHandleStatus;
  /** Ends the tree for good: all children in reverse order, each by asking, then by force. */
  stop(): Promise<TreeOutcome>;
  /** Like `stop`, all at once and without a grace period. */
  kill(): Promise<TreeOutcome>;
  /** Forgives the past: the budget and every child's policy forget. */
  reset(): void;
  /** Adds a child of a kind behind all others, and starts it. `at`: the nested tree it is to stand in. */
  startChild(child: {
    readonly id: string;
    readonly kind: string;
    readonly at?: ChildPath;
  }): Promise<TreeAnswer>;
  /** Ends a child and keeps its place; a temporary one is removed. */
  terminateChild(path: ChildPath): Promise<TreeAnswer>;
  /** Starts a child that was terminated, or is done. */
  restartChild(path: ChildPath): Promise<TreeAnswer>;
  /** Removes the place of a child that is not running. */
  deleteChild(path: ChildPath): Promise<TreeAnswer>;
  /** Restarts every replica of a child in order, at most `maxUnavailable` down at a time. */
  roll(path: ChildPath, options?: { readonly maxUnavailable?: number }): Promise<TreeAnswer>;
  /** One child, by its path: for orders to it alone. */
  child(path: ChildPath): TreeChildHandle;
  /** Everything remembered, as plain JSON, for the `snapshot` option of the next tree. */
  snapshot(): TreeSnapshot;
  /** Hears every event from now on. Returns its remover. A listener that throws is removed. */
  on(listener: EventListener): () => void;
  /** The events from now on, in a bounded buffer. Default capacity 256. */
  events(options?: { readonly capacity?: number }): AsyncIterableIterator<SupervisorEvent>;
}

/** The orders of one supervision that mean the same for a child of a tree. */
type ChildOrders = Pick<
  SupervisorHandle,
  | "restart"
  | "recycle"
  | "unhealthy"
  | "signal"
  | "resume"
  | "reset"
  | "reload"
  | "send"
  | "request"
>;

/**
 * One child of a running tree: the orders of a supervision, to this child alone. It may come and go: an order
 * to nobody has no effect.
 * @since 0.1.0
 */
export interface TreeChildHandle extends ChildOrders {
  /** Its path: names with a slash between. */
  readonly id: string;
  /** What is known of it; null if there is no such child. */
  status(): TreeChildStatus | null;
  /**
   * What decides about it, joined with the budget of its tree, and what that remembers now: for `explain` and `outlook` of
   * `@steadfast/analysis`. Null if there is no such child. Changes nothing.
   */
  policy(): PolicyView | null;
  /**
   * Ends it and launches nothing in its place, in no plan either, until `resume`. The host stays alive meanwhile, also if it
   * was the last one there.
   */
  pause(): void;
  /** Ends it without a grace period, and keeps it stopped. */
  kill(): void;
}
