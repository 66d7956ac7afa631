// What came of a story that was played on a tree, step by step.

import type { Millis } from "@steadfast/policy";
import type { TreeEffect, TreeEvent } from "@steadfast/supervision/tree";

/** The tree as the world sees it: its state is nobody's business. */
export interface AnyTree {
  initial(): unknown;
  step(state: never, event: TreeEvent, now: Millis): readonly [unknown, readonly TreeEffect[]];
  deadline(state: never): Millis | null;
  parse(raw: unknown, now: Millis): unknown;
}

/** One step, or a hand-over. */
export interface Taken {
  readonly before: unknown;
  /** Null: the state was written down and read back. */
  readonly event: TreeEvent | null;
  readonly now: Millis;
  readonly after: unknown;
  readonly effects: readonly TreeEffect[];
}

/** What came of a story. */
export interface Chronicle {
  readonly taken: readonly Taken[];
  readonly isSettled: boolean;
  /** What `step` threw; null for nothing. */
  readonly thrown: { readonly error: unknown } | null;
  /** From which of `taken` on the world waits for nothing but the end. */
  readonly ending: number;
}
