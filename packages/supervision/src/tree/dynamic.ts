// Orders about who stands in a tree, as in OTP. While children are stopped or started they wait in line;
// each is answered once.

import { isEmpty } from "../seat.js";
import type { TreeDraft } from "./draft.js";
import type { TreeOrderError } from "./effects.js";
import { setGate } from "./group.js";
import type { Member } from "./member.js";
import { idle, union, withoutOp, withoutStart } from "./plan-lists.js";
import { pushed } from "./queue.js";
import { isId, misfit } from "./settings.js";
import type { ChildOrder, PlanOrder } from "./state.js";

/** An order is carried out when it is its turn: at once, where nobody is stopped or started. */
export function order(draft: TreeDraft, given: ChildOrder): void {
  if (draft.end) draft.answer(given.ref, "shutdown");
  else draft.later = pushed(draft.later, { order: bare(given) });
}

/** Without what comes with every event. */
function bare({ type, id, ref, ...rest }: ChildOrder): ChildOrder {
  return "kind" in rest
    ? { type: "start-child", id, kind: rest.kind, ref }
    : ({ type, id, ref } as ChildOrder);
}

export function obey(draft: TreeDraft, given: ChildOrder): void {
  const { type, id, ref } = given;
  if (type === "start-child") return start(draft, id, given.kind, ref);
  const member = draft.find(id);
  if (!member) return draft.answer(ref, "not-found");
  if (type === "terminate-child") return terminate(draft, member, ref);
  const why = unlessStopped(draft, member, type);
  if (why) return draft.answer(ref, why);
  if (type === "restart-child") return plan(draft, { type, ordinal: member.ordinal, ref });
  draft.remove(member);
  draft.answer(ref, null);
}

/** It is there, or nobody has looked at its exit yet. */
const isRunning = ({ slot, late }: Member): boolean => !isEmpty(slot) || late?.unstarted === false;

/** What is against starting or deleting a child; null if it is stopped. */
function unlessStopped(
  draft: TreeDraft,
  member: Member,
  type: ChildOrder["type"],
): TreeOrderError | null {
  if (isRunning(member)) return "running";
  if (type === "restart-child" && member.slot.intent !== "active") return "paused";
  return draft.isAwaited(member) ? "restarting" : null;
}

function start(draft: TreeDraft, id: string, kind: string, ref: number): void {
  const rules = draft.rules.kinds.get(kind);
  if (!rules || !isId(id)) return draft.answer(ref, "unknown-kind");
  if (misfit(rules, draft.rules.autoShutdown)) return draft.answer(ref, "bad-combination");
  const known = draft.find(id);
  if (known) {
    return draft.answer(ref, isRunning(known) ? "already-started" : "already-present");
  }
  draft.effects.push({ type: "added", path: [id], kind });
  plan(draft, { type: "start-child", ordinal: draft.add(id, kind).ordinal, ref });
}

/** Its wait is dropped; it keeps its place, unless it is temporary. */
function terminate(draft: TreeDraft, member: Member, ref: number): void {
  leave(draft, member);
  member.done = true;
  plan(draft, { type: "terminate-child", ordinal: member.ordinal, ref });
}

/** Nobody starts it any more, and nobody waits for it: an order to start it has failed. */
export function leave(draft: TreeDraft, member: Member): void {
  const { ordinal } = member;
  member.dropWait();
  if (!draft.plan) return;
  const op = draft.plan.ops.find(
    (one) => one.ordinal === ordinal && one.type !== "terminate-child",
  );
  draft.plan = withoutStart(draft.plan, ordinal);
  setGate(draft);
  if (!op) return;
  draft.plan = withoutOp(draft.plan, op);
  draft.answer(op.ref, "start-failed");
}

/** A plan for one child; one that only waits is made one with it. */
function plan(draft: TreeDraft, op: PlanOrder): void {
  const before = draft.plan ?? idle;
  const ops = [...before.ops, op];
  if (op.type === "terminate-child") {
    draft.plan = { ...before, stop: [op.ordinal], stopping: 1, ops };
  } else draft.plan = { ...before, start: union(before.start, [op.ordinal]), ops };
}
