// How a tree ends: everybody is to be down, in reverse order, and nothing is decided any more.

import { isUp } from "../seat.js";
import type { TreeDraft } from "./draft.js";
import type { TreeOutcome } from "./effects.js";
import type { Member } from "./member.js";
import { idle } from "./plan-lists.js";
import { itemsOf } from "./queue.js";

/** The first outcome stays; but that a contract was broken is always said. */
export function endAll(draft: TreeDraft, outcome: TreeOutcome): void {
  if (draft.end) {
    if (outcome.type === "failed") draft.end = outcome;
    return;
  }
  draft.end = outcome;
  dropOrders(draft);
  const stop: number[] = [];
  for (const [ordinal, child] of draft.children()) {
    stop.push(ordinal);
    if (isUp(child.slot) && !child.standby) continue;
    const member = draft.member(ordinal) as Member;
    draft.dropPending(member);
    member.dropWait();
  }
  draft.plan = { ...idle, stop, stopping: stop.length };
}

/** Nobody carries out what was ordered and is not done yet. */
function dropOrders(draft: TreeDraft): void {
  for (const { ref } of draft.plan?.ops ?? []) draft.answer(ref, "shutdown");
  for (const one of itemsOf(draft.later)) {
    if ("order" in one) draft.answer(one.order.ref, "shutdown");
  }
  draft.later = null;
  for (const { ref } of draft.rolls) draft.answer(ref, "shutdown");
  draft.rolls = [];
}

/** Somebody broke a contract. */
export function failAll(draft: TreeDraft, error: unknown, path: readonly string[] | null): void {
  if (draft.end?.type === "failed") return;
  draft.effects.push(path ? { type: "fault", error, path } : { type: "fault", error });
  endAll(draft, { type: "failed", path });
}

/** Everybody at once, without a grace period. */
export function killAll(draft: TreeDraft): void {
  for (const ordinal of draft.ordinals()) {
    draft.touch(draft.member(ordinal) as Member, (member) => member.halt("force"));
  }
}
