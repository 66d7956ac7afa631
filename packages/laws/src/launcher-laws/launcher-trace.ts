// A story of an adapter: what its children do, and what is done to them. Plain JSON.

import type { RawScript } from "./raw-child.js";

/**
 * Some attempts, one after the other: the next is launched when the one before has exited or was given
 * up.
 * @since 0.1.0
 */
export interface LauncherTrace {
  /** What each launch meets, in order. */
  readonly attempts: readonly TraceAttempt[];
}

/**
 * One launch, what its child does, and what is done to it.
 * @since 0.1.0
 */
export interface TraceAttempt {
  /** What the child does. */
  readonly child: RawScript;
  /** When somebody begins to listen: `at-once` after the launch, or some turns `later`. */
  readonly listen: "at-once" | "later";
  /** What is done to the child, in this order. */
  readonly acts: readonly TraceAct[];
}

/**
 * Something that is done to a child.
 * @since 0.1.0
 */
export interface TraceAct {
  /**
   * In the turn of the `launch`; once it has said `heard` signals; after its `exit`; or so many
   * milliseconds after the launch, on virtual time only.
   */
  readonly when: "launch" | "exit" | { readonly heard: number } | { readonly afterMs: number };
  /** What is done. */
  readonly act: "requestStop" | "kill" | "send" | "abandon";
}

/**
 * A trace with a name, for all kinds of children.
 * @since 0.1.0
 */
export interface NamedTrace extends LauncherTrace {
  /** A stable kebab-case name. */
  readonly name: string;
}
