// One child as a value: how it begins, and what its pages know of it.

import { initialState } from "../initial.js";
import { postDeadline } from "../timing.js";
import { earlier } from "./pages.js";
import type { KindRules } from "./settings.js";
import type { PageFacts, TreeChild } from "./state.js";

export function newChild(id: string, kind: string, { rules }: KindRules): TreeChild {
  const { slot, policy, wait, seat, failed, failures, abandoned, reload, remote, standby } =
    initialState(rules);
  const post = { slot, policy, wait, seat, failed, failures, abandoned, reload, remote, standby };
  return { id, kind, ...post, inner: null, done: false, completed: false, held: false, late: null };
}

/** When something is due, and whether it waits for a "not yet". */
export function childFacts({ rules, tree }: KindRules, child: TreeChild): PageFacts {
  const { wait, held, inner } = child;
  const until = wait && !(held && wait.for === "delay") ? wait.until : null;
  const own = postDeadline(rules, child, until);
  return { at: earlier(own, inner && tree ? tree.deadline(inner) : null), asks: asks(child) };
}

const asks = ({ wait }: TreeChild): number => (wait?.for === "not-yet" ? 1 : 0);
