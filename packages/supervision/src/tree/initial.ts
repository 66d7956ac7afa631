// A tree to which nothing has happened.

import { childFacts, newChild } from "./child.js";
import { putId } from "./ids.js";
import { setItem } from "./pages.js";
import type { KindRules, TreeRules } from "./settings.js";
import type { TreeState } from "./state.js";

export const empty: TreeState = {
  pages: null,
  ids: null,
  gone: null,
  next: 0,
  budget: null,
  plan: null,
  later: null,
  rolls: [],
  end: null,
  over: false,
  up: false,
  unstarted: false,
};

export function initialTree(rules: TreeRules): TreeState {
  let state: TreeState = { ...empty, budget: rules.budget ? rules.budget.initial() : null };
  for (const [id, kind] of rules.listed) state = withChild(rules, state, id, kind);
  return state;
}

/** With a child behind all others, to which nothing has happened. */
export function withChild(rules: TreeRules, state: TreeState, id: string, kind: string): TreeState {
  const made = rules.kinds.get(kind) as KindRules;
  const { next } = state;
  const child = newChild(id, kind, made);
  return {
    ...state,
    pages: setItem(state.pages, next, child, () => childFacts(made, child)),
    ids: putId(state.ids, id, next),
    next: next + 1,
  };
}
