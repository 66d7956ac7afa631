// What is remembered of a tree, looked up by path.

import { type PolicyView, policyView } from "../policy-view.js";
import { findId } from "./ids.js";
import type { ChildView } from "./machine.js";
import { getItem, nextOrdinal } from "./pages.js";
import type { TreeRules } from "./settings.js";
import type { TreeChild, TreeState } from "./state.js";

export function childAt(
  rules: TreeRules,
  state: TreeState,
  path: readonly string[],
): ChildView | null {
  const [id, ...rest] = path;
  const child = id === undefined ? null : childOf(state, id);
  if (!child) return null;
  if (rest.length > 0) {
    const tree = rules.kinds.get(child.kind)?.tree;
    return tree && child.inner ? tree.child(child.inner, rest) : null;
  }
  const { kind, slot, seat, wait, failures, abandoned, done } = child;
  return { kind, slot, seat, wait, failures, abandoned, done };
}

export function policyAt(
  rules: TreeRules,
  state: TreeState,
  path: readonly string[],
): PolicyView | null {
  const [id, ...rest] = path;
  const child = id === undefined ? null : childOf(state, id);
  const kind = child && rules.kinds.get(child.kind);
  if (!child || !kind) return null;
  if (rest.length === 0) return policyView(kind.rules, child.policy, state.budget);
  return kind.tree && child.inner ? kind.tree.policy(child.inner, rest) : null;
}

export function namesAt(
  rules: TreeRules,
  state: TreeState,
  path: readonly string[],
): readonly string[] {
  const [id, ...rest] = path;
  if (id === undefined) return namesOf(state);
  const child = childOf(state, id);
  const tree = child && rules.kinds.get(child.kind)?.tree;
  return tree && child.inner ? tree.children(child.inner, rest) : [];
}

export function hasPaused(rules: TreeRules, { pages }: TreeState): boolean {
  for (let one = nextOrdinal(pages, 0); one !== null; one = nextOrdinal(pages, one + 1)) {
    const { kind, slot, inner } = getItem(pages, one) as TreeChild;
    if (slot.phase.status === "stopped" && slot.intent === "paused") return true;
    if (inner && rules.kinds.get(kind)?.tree?.isPaused(inner)) return true;
  }
  return false;
}

function childOf({ ids, pages }: TreeState, id: string): TreeChild | null {
  const ordinal = findId(ids, id);
  return ordinal === null ? null : getItem(pages, ordinal);
}

function namesOf({ pages }: TreeState): readonly string[] {
  const names: string[] = [];
  for (let one = nextOrdinal(pages, 0); one !== null; one = nextOrdinal(pages, one + 1)) {
    names.push((getItem(pages, one) as TreeChild).id);
  }
  return names;
}
