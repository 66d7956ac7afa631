// What happens to a tree: what happens to one child, with the way to it, and the orders that change who
// stands in it.

import type { Millis } from "@steadfast/policy";
import type { Order, Report, StopSource, Turn } from "../events.js";

/**
 * An event of a tree.
 * @since 0.1.0
 */
export type TreeEvent = TreeHappening & TreeGiven;

/**
 * What every event of a tree carries.
 * @since 0.1.0
 */
export interface TreeGiven {
  /** One uniform random number in [0, 1). The effect `drawn` says that it was used up. */
  readonly draw: number;
  /** The wall clock in epoch milliseconds, whole: for calendars only. */
  readonly wall: Millis;
  /**
   * The way to what it is about: the name of a child of this tree, then of one inside that, and so on.
   * Left out or empty: the tree itself.
   */
  readonly path?: readonly string[];
}

/**
 * Everything that can happen to a tree. The tree itself takes `begin`, `tick`, `stop`, `kill`, `reset`,
 * `fault` and the orders about its children; a child takes the orders and reports of one supervision.
 * @since 0.1.0
 */
export type TreeHappening =
  | Exclude<Order, { readonly type: "stop" | "kill" }>
  | TreeStop
  | TreeOrder
  | Exclude<Report, { readonly type: "decided" }>
  | Exclude<Turn, { readonly type: "forgiven" }>;

/**
 * Ends a tree for good, with a grace period or without one; with the way to a child, that child alone.
 * @since 0.1.0
 */
export interface TreeStop {
  /** With a grace period, or without one. */
  readonly type: "stop" | "kill";
  /** Who stops it. */
  readonly by: TreeStopSource;
}

/**
 * Who stops a tree: as in one supervision, or the tree around it.
 * @since 0.1.0
 */
export type TreeStopSource = StopSource | "parent";

/**
 * An order about the children of a tree, whose path is that of the tree. Each is answered once, by the
 * effect `answered` with its `ref`.
 * @since 0.1.0
 */
export type TreeOrder =
  /** Adds a child behind all others, and starts it. */
  | {
      readonly type: "start-child";
      /** Its name: not blank, without a slash. */
      readonly id: string;
      /** What it is: a name in `kinds`, or a child of the list. */
      readonly kind: string;
      /** A whole number that is given back. */
      readonly ref: number;
    }
  /** Ends a child and keeps its place, or starts it again, or removes the place of one that is stopped. */
  | {
      readonly type: "terminate-child" | "restart-child" | "delete-child";
      /** Its name. */
      readonly id: string;
      /** A whole number that is given back. */
      readonly ref: number;
    }
  /** Restarts every replica of a child, in order, a few at a time. */
  | {
      readonly type: "roll";
      /** The name in the list, or that of one child. */
      readonly id: string;
      /** A whole number that is given back. */
      readonly ref: number;
      /** How many may be down at a time: whole, at least 1. Default: what the child's spec says. */
      readonly maxUnavailable?: number;
    };
