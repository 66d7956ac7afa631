import type { JournalEntry } from "@steadfast/policy";
import type { EventListener } from "../event-hub.js";

/**
 * What a tree is driven with, besides its spec.
 * @since 0.1.0
 */
export interface SuperviseTreeOptions {
  /** The name of the tree in its own events, not blank. Default `tree`. */
  readonly id?: string;
  /** Stops the tree in order when it fires; a second `abort` event kills all. Default: none. */
  readonly signal?: AbortSignal;
  /** Hears every event of the tree and of its children, whose `id` is their path. Default: nobody. */
  readonly onEvent?: EventListener;
  /**
   * Takes one entry per event that a policy got, with the child's path, and beside it, for `explain`, what the
   * policy remembered before, plain JSON; null where it was not asked. Default: none is kept.
   */
  readonly journal?: (entry: TreeJournalEntry, before: unknown) => void;
  /**
   * What `handle.snapshot()` gave, perhaps in a process that is gone: the tree goes on from it. Default: it
   * begins with a fresh state.
   */
  readonly snapshot?: unknown;
}

/**
 * One line of the journal of a tree: `replay` reads those of one child, or all for the budget.
 * @since 0.1.0
 */
export interface TreeJournalEntry extends JournalEntry {
  /** The child's path. */
  readonly id: string;
}
