// The first event: the list is started, or a saved tree goes on under a new host.
//
// Every attempt of the old host is lost: its policy gets that, but is not asked, for a new host is no crash.
// One plan starts all that were alive, or were to be started, or are new. Waits stay; so do exits that
// nobody has looked at. Orders of the old host, and rolling restarts, are forgotten. One that was ending is over.

import { isEmpty, isUp } from "../seat.js";
import { forgotten } from "../standbys.js";
import type { TreeDraft } from "./draft.js";
import { setGate } from "./group.js";
import type { Member } from "./member.js";
import { idle, isInStart, isInStop } from "./plan-lists.js";
import { itemsOf, pushed } from "./queue.js";
import type { Later, Plan, Queue, TreeChild } from "./state.js";

export function begin(draft: TreeDraft): void {
  draft.hasBegun = true;
  const before = draft.plan ?? idle;
  dropOrders(draft);
  const start: number[] = [];
  for (const [ordinal, child] of draft.children()) {
    const isWanted = isStarted(before, ordinal, child);
    if (isWanted) start.push(ordinal);
    if (child.slot.attempt === 0 && !child.wait) continue;
    const member = draft.member(ordinal) as Member;
    lose(draft, member);
    if (isWanted) member.held = true;
    else if (member.kind.temporary && (member.done || isInStop(before, ordinal))) {
      draft.remove(member);
    }
  }
  const { waits } = before;
  draft.plan = { ...idle, start, waits, boot: !draft.up };
  setGate(draft);
}

/**
 * Alive and to stay so, or about to be started, or never started. A wait of its own goes on by itself, and an exit that
 * nobody has looked at decides about the rest.
 */
function isStarted(before: Plan, ordinal: number, { slot, done }: TreeChild | Member): boolean {
  if (slot.intent !== "active") return false;
  if (before.starting.includes(ordinal) || isInStart(before, ordinal)) return true;
  if (isInStop(before, ordinal) || done) return false;
  return !isEmpty(slot) || slot.attempt === 0;
}

function lose(draft: TreeDraft, member: Member): void {
  member.standby = forgotten(member.standby);
  if (isEmpty(member.slot)) return;
  draft.touch(member, () => {
    const { generation } = member.slot;
    if (!isUp(member.slot)) member.halt();
    member.move({ type: "exited", generation, exit: { kind: "lost" } });
    const { gone } = member;
    member.gone = null;
    if (gone && !gone.ordered) member.fact(gone.event);
  });
}

/** Exits that wait stay where they are. */
function dropOrders(draft: TreeDraft): void {
  let later: Queue<Later> | null = null;
  for (const one of itemsOf(draft.later)) if ("ordinal" in one) later = pushed(later, one);
  draft.later = later;
  draft.rolls = [];
}
