// Orders about one child, by the way to it: they never wait, and are answered at once, as those of a child
// alone.

import type { Order } from "../events.js";
import { obeyPostOrder, type PostOrder } from "../orders.js";
import { isEmpty } from "../seat.js";
import type { TreeDraft } from "./draft.js";
import { leave } from "./dynamic.js";
import type { TreeStop } from "./events.js";
import { setGate } from "./group.js";
import type { Member } from "./member.js";
import { isInStart } from "./plan-lists.js";

export type PathOrder = Exclude<Order, { readonly type: "stop" | "kill" }> | TreeStop;

/** What is answered even where nobody is there. */
const ANSWERED: readonly string[] = ["restart", "signal", "unhealthy", "recycle"];
/** What a nested tree does not take: those who are meant stand inside it. */
const NOT_FOR_TREES: readonly string[] = ["send", "reload", "signal", "recycle"];

/** Who is meant is not there. */
export function orderNobody(draft: TreeDraft, { type }: PathOrder, path: readonly string[]): void {
  if (!ANSWERED.includes(type)) return;
  const answer = type === "restart" ? "blocked-by-shutdown" : false;
  draft.effects.push({ type: "answer", answer, path, attempt: 0, generation: -1 });
}

export function orderChild(draft: TreeDraft, member: Member, order: PathOrder): void {
  const { type } = order;
  if (type === "stop" || type === "kill") return terminate(draft, member, type);
  draft.touch(member, () => {
    if (type === "reset") return member.reset();
    const answer = blocked(draft, member, type);
    if (answer !== null) return member.tell({ type: "answer", answer });
    if (type === "resume" && draft.end) return;
    if (type === "pause" || type === "restart") member.tellLate();
    if (type === "pause") leave(draft, member);
    obeyPostOrder(member, order as PostOrder);
    setGate(draft);
  });
}

/** The answer to an order that is not carried out; null where it is. */
function blocked(draft: TreeDraft, member: Member, type: PathOrder["type"]) {
  if (member.kind.tree && NOT_FOR_TREES.includes(type)) return false;
  if (type !== "restart") return null;
  if (isInStart(draft.plan, member.ordinal)) return "already-pending";
  const isLeaving = draft.isStopping(member.ordinal) || (member.done && !isEmpty(member.slot));
  return isLeaving ? "blocked-by-shutdown" : null;
}

/** It is ended, with or without a grace period, and stays down; a temporary child is gone with that. */
function terminate(draft: TreeDraft, member: Member, type: "stop" | "kill"): void {
  leave(draft, member);
  member.done = true;
  draft.touch(member, () => member.halt(type === "kill" ? "force" : "halt"));
  if (isEmpty(member.slot) && member.kind.temporary && !draft.end) draft.remove(member);
}
