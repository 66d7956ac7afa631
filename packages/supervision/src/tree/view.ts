// What is remembered of a tree, looked up by path.

import { type PolicyView, policyView } from "../policy-view.js";
import { findId } from "./ids.js";
import type { ChildView, SupervisionTree } from "./machine.js";
import { getItem, nextOrdinal } from "./pages.js";
import { kindOf, type TreeRules } from "./settings.js";
import type { TreeChild, TreeState } from "./state.js";

export function childAt(
  rules: TreeRules,
  state: TreeState,
  path: readonly string[],
): ChildView | null {
  const [id, ...rest] = path;
  const child = childOf(state, id);
  if (!child) return null;
  if (rest.length > 0) return child.inner && treeOf(rules, child).child(child.inner, rest);
  const { kind, slot, seat, wait, failures, abandoned, done } = child;
  return { kind, slot, seat, wait, failures, abandoned, done };
}

export function policyAt(
  rules: TreeRules,
  state: TreeState,
  path: readonly string[],
): PolicyView | null {
  const [id, ...rest] = path;
  const child = childOf(state, id);
  if (!child) return null;
  if (rest.length > 0) return child.inner && treeOf(rules, child).policy(child.inner, rest);
  return policyView(kindOf(rules, child.kind).rules, child.policy, state.budget);
}

export function namesAt(
  rules: TreeRules,
  state: TreeState,
  path: readonly string[],
): readonly string[] {
  const [id, ...rest] = path;
  if (id === undefined) return namesOf(state);
  const child = childOf(state, id);
  return child?.inner ? treeOf(rules, child).children(child.inner, rest) : [];
}

export function hasPaused(rules: TreeRules, { pages }: TreeState): boolean {
  for (let one = nextOrdinal(pages, 0); one !== null; one = nextOrdinal(pages, one + 1)) {
    const child = getItem(pages, one) as TreeChild;
    const { slot, inner } = child;
    if (slot.phase.status === "stopped" && slot.intent === "paused") return true;
    if (inner && treeOf(rules, child).isPaused(inner)) return true;
  }
  return false;
}

/** Of a child with a state inside. */
const treeOf = (rules: TreeRules, child: TreeChild): SupervisionTree =>
  kindOf(rules, child.kind).tree as SupervisionTree;

function childOf({ ids, pages }: TreeState, id: string | undefined): TreeChild | null {
  const ordinal = id === undefined ? null : findId(ids, id);
  return ordinal === null ? null : getItem(pages, ordinal);
}

function namesOf({ pages }: TreeState): readonly string[] {
  const names: string[] = [];
  for (let one = nextOrdinal(pages, 0); one !== null; one = nextOrdinal(pages, one + 1)) {
    names.push((getItem(pages, one) as TreeChild).id);
  }
  return names;
}
