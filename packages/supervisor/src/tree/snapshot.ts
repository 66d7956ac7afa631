// Handing a whole tree over to the next process, as plain JSON: what `supervisionTree.parse` reads, and
// when it was taken. A tree that was ended is not taken up again.

import { type Millis, PolicyStateError } from "@steadfast/policy";
import type { SupervisionTree, TreeState } from "@steadfast/supervision/tree";

const VERSION = 1;

/**
 * A tree as plain JSON.
 * @since 0.1.0
 */
export interface TreeSnapshot {
  /** Of the format. */
  readonly version: 1;
  /** When it was taken. */
  readonly at: Millis;
  /** Everything that the tree remembers. */
  readonly tree: TreeState;
}

export function takeTreeSnapshot(at: Millis, tree: TreeState): TreeSnapshot {
  return { version: VERSION, at, tree };
}

/**
 * Reads a saved tree, if it can be taken up.
 * @throws PolicyStateError that names the path of the first bad field, or says how it ended.
 */
export function takeUpTree(machine: SupervisionTree, saved: unknown, now: Millis): TreeState {
  const { version, tree } = (saved ?? {}) as Partial<Record<keyof TreeSnapshot, unknown>>;
  if (version !== VERSION) {
    throw new PolicyStateError(
      "version",
      `${VERSION}: a snapshot of superviseTree()`,
      JSON.stringify(version) ?? "nothing",
    );
  }
  const state = machine.parse(tree, now);
  if (!state.end) return state;
  const { end } = state;
  const how = end.type === "refused" ? `refused (${end.reason})` : end.type;
  throw new PolicyStateError("tree.end", "null: this tree is over", how);
}
