// How a tree ends: everybody is to be down, in reverse order, and nothing is decided any more.

import { isEmpty } from "../seat.js";
import type { TreeDraft } from "./draft.js";
import type { TreeOutcome } from "./effects.js";
import type { Member } from "./member.js";
import { idle } from "./plan-lists.js";
import { firstOf, shifted } from "./queue.js";

/** The first outcome stays; but that a contract was broken is always said. */
export function endAll(draft: TreeDraft, outcome: TreeOutcome): void {
  if (draft.end) {
    if (outcome.type === "failed") draft.end = outcome;
    return;
  }
  draft.end = outcome;
  dropOrders(draft);
  const stop: number[] = [];
  for (const ordinal of draft.ordinals()) {
    const child = draft.peek(ordinal);
    if (!child) continue;
    stop.push(ordinal);
    draft.dropPending(ordinal);
    if (!child.wait && !child.late && !child.held && !child.standby) continue;
    draft.member(ordinal)?.dropWait();
  }
  draft.plan = { ...idle, stop, stopping: stop.length };
}

/** Nobody carries out what was ordered and is not done yet. */
function dropOrders(draft: TreeDraft): void {
  for (const { ref } of draft.plan?.ops ?? []) draft.answer(ref, "shutdown");
  for (let first = firstOf(draft.later); first; first = firstOf(draft.later)) {
    if ("order" in first) draft.answer(first.order.ref, "shutdown");
    draft.later = draft.later && shifted(draft.later);
  }
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
    const child = draft.peek(ordinal);
    if (!child || isEmpty(child.slot)) continue;
    draft.touch(draft.member(ordinal) as Member, (member) => member.halt("force"));
  }
}
