// What a tree is made of: its rules for all children, and the kinds and children that stand in it.

import type { RestartPolicy, RestartType } from "@steadfast/policy";
import type { SupervisionOptions } from "../options.js";
import type { SupervisionTree } from "./machine.js";

/**
 * The rules of a tree, and what stands in it at the beginning.
 * @since 0.1.0
 */
export interface TreeOptions {
  /**
   * Who is restarted with a child: nobody (`one-for-one`), all (`one-for-all`), or those after it
   * (`rest-for-one`). Default `one-for-one`.
   */
  readonly strategy?: Strategy;
  /** A policy that all children of this tree share. Default: nothing limits their sum. */
  readonly budget?: RestartPolicy;
  /**
   * Whether the tree completes when a significant child is done: never, at the first, or when none is
   * left. Default `never`.
   */
  readonly autoShutdown?: "never" | "any-significant" | "all-significant";
  /**
   * What a child that cannot be started means at the beginning: the tree ends, as in OTP, or the child is
   * restarted by its policy, and counts as started: the next one follows, and the tree can be up without it. Default `end`.
   */
  readonly startFailure?: "end" | "restart";
  /**
   * In one-for-one: whether children that are restarted come up side by side, or one by one, so that what
   * happens to the others waits until the one is up, as in OTP. Default `side-by-side`.
   */
  readonly restarts?: "side-by-side" | "one-by-one";
  /** Whether effects `note` say what policies were asked and told, for a journal. Default true. */
  readonly notes?: boolean;
  /** What is started at the beginning, in this order. Default: nothing. */
  readonly children?: readonly ChildSpec[];
  /** What `start-child` can start, by name. Default: nothing. */
  readonly kinds?: Readonly<Record<string, KindSpec>>;
}

/**
 * Who is restarted with a child.
 * @since 0.1.0
 */
export type Strategy = "one-for-one" | "one-for-all" | "rest-for-one";

/**
 * A kind of child: how each child of it is supervised.
 * @since 0.1.0
 */
export interface KindSpec
  extends Omit<SupervisionOptions, "policy" | "shared" | "onRefused" | "restartLimit" | "notes"> {
  /** Which exits are restarted: all, those that failed, or none. Default `permanent`. */
  readonly restart?: RestartType;
  /** Whether the tree looks at it for its automatic shutdown. Not with `permanent`. Default false. */
  readonly significant?: boolean;
  /** What else decides about its restarts, joined with `restart` by `allOf`. Default: nothing. */
  readonly policy?: RestartPolicy;
  /**
   * The child is a tree itself. Its readiness is then explicit, and its grace period unlimited by default;
   * `readiness`, `probe` and `standby` cannot stand beside it. Default: it is none.
   */
  readonly tree?: SupervisionTree;
}

/**
 * A child that is started at the beginning; its kind has its name.
 * @since 0.1.0
 */
export interface ChildSpec extends KindSpec {
  /** Its name: not blank, without a slash, unique among its siblings. */
  readonly id: string;
  /**
   * What has to be there before it is started: names of siblings. One child with this orders all starts
   * and stops of the tree as a graph. Default: those before it in the list, in a tree without a graph.
   */
  readonly after?: readonly (string | Dependency)[];
  /**
   * How long it waits for those in `after`, whole milliseconds from 0 to 2^53-1; then it cannot be started: the
   * tree ends as `start-failed`, whatever `startFailure` says, or the order to start it is answered so. At 0
   * they have to be there at once. Default: it waits as long as it takes.
   */
  readonly startTimeoutMs?: number;
  /**
   * How many of it there are, named `id.1` to `id.n`: whole, from 0 to 100 000. Default: one, named `id`.
   */
  readonly replicas?: number;
  /**
   * How many replicas a rolling restart may take down at a time: whole, from 1 to 2^53-1. Those that are
   * down already count. Default 1.
   */
  readonly maxUnavailable?: number;
}

/**
 * What a child waits for.
 * @since 0.1.0
 */
export interface Dependency {
  /** The sibling: each replica of it, where it has replicas. */
  readonly id: string;
  /** Until it is ready, or until it has exited as completed. Default `ready`. */
  readonly until?: "ready" | "completed";
}
