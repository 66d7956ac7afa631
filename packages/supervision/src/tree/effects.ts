// What a tree wants done, in order: the effects of its children, each with the way to it, and its own.

import type { Millis } from "@steadfast/policy";
import type { Tagged, Untagged } from "../effects.js";
import type { TreeStopSource } from "./events.js";

/**
 * What is to be done, in order.
 * @since 0.1.0
 */
export type TreeEffect = ChildEffect | TreeOwnEffect;

type Alone = "launch" | "settle" | "held" | "callback-failed";
type Located<One> = One extends unknown ? One & Place : never;

/**
 * Which child an effect is about.
 * @since 0.1.0
 */
export interface Place {
  /** The names from the outermost tree to the child; never empty. */
  readonly path: readonly string[];
}

/**
 * An effect about one child, as in its supervision. `launch` and `prepare` say what kind it is.
 * @since 0.1.0
 */
export type ChildEffect =
  | Located<Exclude<Tagged, { readonly type: Alone }>>
  | Located<Extract<Untagged, { readonly type: "discard" }>>
  | (Extract<Tagged, { readonly type: "launch" }> & Place & Kind)
  | (Extract<Untagged, { readonly type: "prepare" }> & Place & Kind);

/**
 * What is to be launched.
 * @since 0.1.0
 */
export interface Kind {
  /** The name of the kind in the tree that the child stands in. */
  readonly kind: string;
}

/**
 * An effect of the tree itself, or with a path of one inside it.
 * @since 0.1.0
 */
export type TreeOwnEffect =
  /** A child was added by an order, and is about to be started. */
  | ({ readonly type: "added" } & Place & Kind)
  /** A child stands in the tree no more: what is still said of it is about nobody. Behind its `exited`. */
  | ({ readonly type: "removed" } & Place)
  /** What became of an order about children. */
  | ({ readonly type: "answered" } & Answer & Inside)
  /** Every child of the list was started; once, and never with a path. */
  | { readonly type: "up" }
  /** The event's draw is used up; at most once per step. */
  | { readonly type: "drawn" }
  | ({
      readonly type: "fault";
      /** What the outcome `failed` is about, live. */
      readonly error: unknown;
    } & Inside)
  /** It is over: nothing happens any more. Never with a path. */
  | {
      readonly type: "settle";
      /** How it ended. */
      readonly outcome: TreeOutcome;
    };

/**
 * Which tree an effect is about.
 * @since 0.1.0
 */
export interface Inside {
  /** The way to the tree that it is about; left out for this one. */
  readonly path?: readonly string[];
}

/**
 * What became of an order about children.
 * @since 0.1.0
 */
export type Answer =
  | {
      /** The number that came with the order. */
      readonly ref: number;
      /** It was carried out. */
      readonly ok: true;
    }
  | {
      /** The number that came with the order. */
      readonly ref: number;
      /** It was not carried out. */
      readonly ok: false;
      /** Why: a stable code. */
      readonly error: TreeOrderError;
    };

/**
 * Why an order about children was not carried out.
 *
 * `already-started`, `already-present`: there is a child of that name. `unknown-kind`, `bad-combination`: no
 * such kind, or one that may not stand in this tree. `start-failed`: it could not be started. `not-found`: no
 * child of that name. `running`, `restarting`: only where it is stopped.
 * `paused`: an operator holds it down until `resume`. `already-rolling`: a rolling restart
 * of it goes on. `gave-up`: one that was to be restarted is done, or gone. `shutdown`: the tree ends.
 *
 * @since 0.1.0
 */
export type TreeOrderError =
  | "already-started"
  | "already-present"
  | "unknown-kind"
  | "bad-combination"
  | "start-failed"
  | "not-found"
  | "running"
  | "restarting"
  | "paused"
  | "already-rolling"
  | "gave-up"
  | "shutdown";

/**
 * How a tree ends, as plain JSON. `path`: the names from this tree down to the child it ended for, as far as
 * known.
 * @since 0.1.0
 */
export type TreeOutcome =
  | {
      readonly type: "stopped";
      /** Who stopped it first. */
      readonly by: TreeStopSource;
    }
  /** Its policy or the budget refused a child's restart for good. */
  | {
      readonly type: "refused";
      /** The policy's stable code. */
      readonly reason: string;
      /** When it would have been admitted; null for never. */
      readonly retryAfterMs: Millis | null;
      /** Whose restart was refused. */
      readonly path: readonly string[];
    }
  /** A significant child is done, and the tree with it. */
  | {
      readonly type: "completed";
      /** Which one was the last. */
      readonly path: readonly string[];
    }
  /** A child could not be started at the beginning. */
  | {
      readonly type: "start-failed";
      /** Which one. */
      readonly path: readonly string[];
    }
  /** A policy, a judge, a launcher or the driver broke its contract. */
  | {
      readonly type: "failed";
      /** Whose; null if it was nobody's. */
      readonly path: readonly string[] | null;
    };
