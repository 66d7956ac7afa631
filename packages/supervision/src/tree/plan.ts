// The plan, one at a time: those who are to be down are stopped in reverse order, one by one; then, when
// every wait is over, those who are to be up are started in order, each up before the next.

import { isEmpty } from "../seat.js";
import type { TreeDraft } from "./draft.js";
import type { Member } from "./member.js";
import { isGateOpen, withoutOp } from "./plan-lists.js";
import type { Plan } from "./state.js";

/** Goes on as far as it can; whether anything has happened. */
export function advance(draft: TreeDraft): boolean {
  const { plan } = draft;
  if (!plan || draft.over) return false;
  if (plan.stopping > 0) return stopNext(draft, plan);
  if (draft.end) {
    draft.over = true;
    draft.plan = null;
    return true;
  }
  if (plan.openAt === null) {
    if (!isGateOpen(plan, draft.now)) return false;
    draft.plan = { ...plan, openAt: draft.now, waits: [], gateAt: null };
    return true;
  }
  if (plan.starting.length > 0) return takeUp(draft, plan);
  if (plan.begun < plan.start.length) return startNext(draft, plan);
  draft.plan = null;
  if (plan.boot && !draft.up) {
    draft.up = true;
    draft.effects.push({ type: "up" });
  }
  return true;
}

// --- stops ------------------------------------------------------------------------------------------

function stopNext(draft: TreeDraft, plan: Plan): boolean {
  const ordinal = plan.stop[plan.stopping - 1] as number;
  const child = draft.peek(ordinal);
  if (child && !isEmpty(child.slot)) {
    const { phase } = child.slot;
    const isAsked = phase.status === "cancelling" && !phase.pending;
    if (!isAsked) draft.touch(draft.member(ordinal) as Member, (member) => member.halt());
    return !isAsked;
  }
  draft.plan = { ...plan, stopping: plan.stopping - 1 };
  left(draft, ordinal);
  return true;
}

/** It is down: a temporary child is gone, and an order for its end is answered. */
function left(draft: TreeDraft, ordinal: number): void {
  if (draft.end) return;
  const { plan } = draft;
  const op = plan?.ops.find((one) => one.ordinal === ordinal && one.type === "terminate-child");
  if (plan && op) {
    draft.plan = withoutOp(plan, op);
    draft.answer(op.ref, null);
  }
  const child = draft.peek(ordinal);
  if (child && draft.rulesOf(child).temporary) draft.remove(draft.member(ordinal) as Member);
}

// --- starts -----------------------------------------------------------------------------------------

/** Those who are up now are not being started any more. */
function takeUp(draft: TreeDraft, plan: Plan): boolean {
  const isUp = (ordinal: number) => draft.member(ordinal)?.isReady() ?? true;
  const up = plan.starting.filter(isUp);
  if (up.length === 0) return false;
  draft.plan = { ...plan, starting: plan.starting.filter((one) => !up.includes(one)) };
  for (const ordinal of up) {
    const op = plan.ops.find((one) => one.ordinal === ordinal);
    if (!op) continue;
    draft.plan = withoutOp(draft.plan, op);
    draft.answer(op.ref, null);
  }
  return true;
}

function startNext(draft: TreeDraft, plan: Plan): boolean {
  const ordinal = plan.start[plan.begun] as number;
  const begun = plan.begun + 1;
  const member = draft.member(ordinal);
  draft.plan = { ...plan, begun, starting: member ? [...plan.starting, ordinal] : plan.starting };
  if (member && isEmpty(member.slot)) draft.touch(member, begin);
  return true;
}

/** The first launch of a child is asked of its policy; one with its group was admitted with that. */
function begin(member: Member): void {
  const cause = member.wait?.cause ?? "restart";
  member.dropWait();
  if (member.slot.attempt === 0) member.request("start");
  else member.occupy(cause);
}
