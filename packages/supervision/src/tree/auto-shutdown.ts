// The automatic shutdown: a tree completes when a significant child is done by itself, at the first or when
// no other is there or waits. One that an order or a plan has ended does not count.

import { isEmpty } from "../seat.js";
import type { TreeDraft } from "./draft.js";
import { endAll } from "./ending.js";
import { isToStart } from "./group.js";
import type { Member } from "./member.js";
import { isInStart } from "./plan-lists.js";

/** A child is done by itself: so the tree may be, too. */
export function completeIfDone(draft: TreeDraft, { id, kind }: Member): void {
  const { autoShutdown } = draft.rules;
  if (!kind.significant || autoShutdown === "never") return;
  if (autoShutdown === "all-significant" && hasSignificant(draft)) return;
  endAll(draft, { type: "completed", path: [id] });
}

/** Whether one is there, or waits. One that is done is not, and does not. */
function hasSignificant(draft: TreeDraft): boolean {
  for (const [ordinal, child] of draft.children()) {
    if (!draft.rulesOf(child).significant) continue;
    if (!isEmpty(child.slot) || child.wait || child.late) return true;
    if (isInStart(draft.plan, ordinal) || (draft.unstarted && isToStart(child))) return true;
  }
  return false;
}
