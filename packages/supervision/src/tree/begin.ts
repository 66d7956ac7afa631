// The first event: the list is started, or a saved tree goes on under a new host.
//
// Every attempt of the old host is lost: its policy gets that, but is not asked, for a new host is no crash.
// One plan starts all that were alive, or were to be started, or are new. Waits stay; so do exits that
// nobody has looked at. Orders of the old host, and rolling restarts, are forgotten.

import { isEmpty } from "../seat.js";
import { forgotten } from "../standbys.js";
import type { TreeDraft } from "./draft.js";
import { endAll } from "./ending.js";
import { setGate } from "./group.js";
import type { Member } from "./member.js";
import { idle, isInStart, isInStop } from "./plan-lists.js";
import { firstOf, pushed, shifted } from "./queue.js";
import type { Later, Plan, Queue } from "./state.js";

export function begin(draft: TreeDraft): void {
  const wasBegun = draft.hasBegun || draft.end !== null;
  draft.hasBegun = true;
  if (!wasBegun) {
    draft.plan = { ...idle, start: [...draft.ordinals()], boot: true };
    return;
  }
  const before = draft.plan ?? idle;
  dropOrders(draft);
  const start: number[] = [];
  for (const ordinal of draft.ordinals()) {
    const member = draft.member(ordinal) as Member;
    const isWanted = isStarted(before, member);
    lose(draft, member);
    if (isWanted && member.wait) member.held = true;
    const isSibling = isInStop(before, ordinal) && member.kind.temporary && !isWanted;
    if (isSibling || (member.done && member.kind.temporary)) draft.remove(member);
    else if (isWanted) start.push(ordinal);
  }
  if (draft.end) {
    const { end } = draft;
    draft.end = null;
    return endAll(draft, end);
  }
  const { waits } = before;
  draft.plan = start.length > 0 ? { ...idle, start, waits, boot: !draft.up } : null;
  setGate(draft);
}

/** Alive and to stay so, or about to be started, or never started. A wait of its own goes on by itself. */
function isStarted(before: Plan, member: Member): boolean {
  const { ordinal, slot, wait, held, late, done } = member;
  if (slot.intent !== "active" || late) return false;
  if (before.starting.includes(ordinal)) return true;
  if (wait && !held) return false;
  if (isInStart(before, ordinal)) return true;
  if (isInStop(before, ordinal) || done) return false;
  return !isEmpty(slot) || slot.attempt === 0;
}

function lose(draft: TreeDraft, member: Member): void {
  member.standby = forgotten(member.standby);
  if (isEmpty(member.slot)) return;
  member.inner = null;
  draft.touch(member, () => {
    const { phase, generation } = member.slot;
    if (phase.status === "cancelling" && phase.pending) member.halt();
    member.seat = null;
    member.move({ type: "exited", generation, exit: { kind: "lost" } });
    const { gone } = member;
    member.gone = null;
    if (gone && !gone.ordered) member.fact(gone.event);
  });
}

/** Exits that wait stay where they are. */
function dropOrders(draft: TreeDraft): void {
  let later: Queue<Later> | null = null;
  for (let first = firstOf(draft.later); first; first = firstOf(draft.later)) {
    if ("ordinal" in first) later = pushed(later, first);
    draft.later = draft.later && shifted(draft.later);
  }
  draft.later = later;
  draft.rolls = [];
}
