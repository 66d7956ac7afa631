// What an exit of a child leads to, and what follows from its policy's answer.

import { type ExitedEvent, exitRecord, type Refuse } from "@steadfast/policy";
import { isDone } from "../done.js";
import { isEmpty, isFree } from "../seat.js";
import { completeIfDone } from "./auto-shutdown.js";
import type { TreeDraft } from "./draft.js";
import { leave } from "./dynamic.js";
import type { TreeOrderError } from "./effects.js";
import { endAll, failAll } from "./ending.js";
import { restartGroup, setGate, withoutGroup } from "./group.js";
import type { Gone, Member } from "./member.js";
import { union, withoutOp, withoutStart } from "./plan-lists.js";
import { pushed } from "./queue.js";
import { isNeeded } from "./start-graph.js";
import type { LateExit, Plan } from "./state.js";

/** Deals with what has happened to a member. */
export function takeNews(draft: TreeDraft, member: Member): void {
  const { fault, gone, asked } = member;
  member.fault = null;
  member.gone = null;
  member.asked = null;
  if (fault) return failAll(draft, fault.error, [member.id]);
  // That its time was over comes before that it was given up at that instant.
  if (asked && !draft.end) answered(draft, member, asked);
  if (gone && draft.peek(member.ordinal) === member) exited(draft, member, gone);
}

function exited(draft: TreeDraft, member: Member, gone: Gone): void {
  const { ordinal } = member;
  const { plan } = draft;
  if (draft.isStopping(ordinal)) return;
  if (member.done) {
    if (member.kind.temporary) draft.remove(member);
    return;
  }
  // By an order it stays down or is launched again already; one that was resumed meanwhile is launched now.
  if (gone.ordered) {
    if (isFree(member.slot)) draft.touch(member, () => member.occupy("operator"));
    return;
  }
  if (plan?.starting.includes(ordinal)) startFailed(draft, member, gone, plan);
  else if (draft.isAtWork() && !isNeeded(draft, member)) defer(draft, member, gone);
  else if (isIdle(gone)) finish(draft, member);
  else judge(draft, member, gone.event);
}

/** It ended well before it was up: it has nothing to do, and that is no failure. */
const isIdle = ({ event, ordered, wasUp }: Gone): boolean =>
  !ordered && !wasUp && event.exit.kind === "completed";

/** It is looked at when nobody is stopped or started any more. */
function defer(draft: TreeDraft, member: Member, gone: Gone, unstarted = false): void {
  const { exit, failed, uptimeMs } = gone.event;
  const idle = isIdle(gone);
  member.late = { exit: exitRecord(exit), failed, uptimeMs, idle, unstarted };
  const { ordinal, slot } = member;
  draft.later = pushed(draft.later, { ordinal, generation: slot.generation });
}

/** What was deferred is looked at now. */
function judgeLate(draft: TreeDraft, member: Member, late: LateExit): void {
  member.late = null;
  if (late.idle) return finish(draft, member);
  const { exit, failed, uptimeMs } = late;
  judge(draft, member, { type: "exited", exit, failed, uptimeMs });
}

/** The policy gets the exit, and is asked what follows. */
function judge(draft: TreeDraft, member: Member, event: ExitedEvent): void {
  draft.touch(member, () => {
    member.fact(event);
    if (!member.fault) member.request("restart");
  });
}

/** It has ended and is not wanted any more, also by a plan that waits for it; a temporary child is gone with that. */
function finish(draft: TreeDraft, member: Member): void {
  leave(draft, member);
  member.done = true;
  if (member.kind.temporary) draft.remove(member);
}

// --- starts that fail -------------------------------------------------------------------------------

/** One that the plan has begun ends before it is up. */
function startFailed(draft: TreeDraft, member: Member, gone: Gone, plan: Plan): void {
  if (isIdle(gone)) {
    taken(draft, member, plan, null);
    return finish(draft, member);
  }
  if (taken(draft, member, plan, "start-failed") || failsAtBoot(draft, member, plan)) return;
  const { strategy, isOneByOne } = draft.rules;
  if (strategy === "one-for-one" && !isOneByOne) return judge(draft, member, gone.event);
  // Its group is restarted, from there: but what has happened meanwhile comes first, as in OTP.
  draft.plan = withoutGroup(draft, member, draft.plan as Plan);
  defer(draft, member, gone, true);
}

/** The plan does not start it any more; whether that was ordered, and the order is answered. */
function taken(
  draft: TreeDraft,
  member: Member,
  plan: Plan,
  error: TreeOrderError | null,
): boolean {
  const op = plan.ops.find(({ ordinal }) => ordinal === member.ordinal);
  draft.plan = withoutStart(plan, member.ordinal);
  if (!op) return false;
  draft.plan = withoutOp(draft.plan, op);
  draft.answer(op.ref, error);
  if (error && op.type === "start-child") draft.remove(member);
  else member.done = true;
  return true;
}

/** Its time is over before it is up: one that was started by order is ended first. Whether it was. */
function endStart(draft: TreeDraft, member: Member, plan: Plan): boolean {
  const { ordinal, slot } = member;
  if (isEmpty(slot) || !plan.ops.some((op) => op.ordinal === ordinal)) return false;
  member.done = true;
  const stop = union(plan.stop.slice(0, plan.stopping), [ordinal]);
  draft.plan = { ...withoutStart(plan, ordinal), stop, stopping: stop.length };
  return true;
}

function failsAtBoot(draft: TreeDraft, member: Member, { boot }: Plan): boolean {
  if (!boot || draft.rules.startFailure === "restart") return false;
  endAll(draft, { type: "start-failed", path: pathOf(member) });
  return true;
}

/** Whom it waits for is done without being there, or too late: no restart of its own can change that. */
function waitsInVain(draft: TreeDraft, member: Member): void {
  if (taken(draft, member, draft.plan as Plan, "start-failed")) return;
  endAll(draft, { type: "start-failed", path: [member.id] });
}

// --- what the policy says ---------------------------------------------------------------------------

function answered(draft: TreeDraft, member: Member, answer: Refuse | "admitted" | "late"): void {
  if (answer === "late") return waitsInVain(draft, member);
  if (answer !== "admitted") return refused(draft, member, answer);
  if (member.held) return setGate(draft);
  const isAlone =
    draft.rules.strategy === "one-for-one" || draft.plan?.starting.includes(member.ordinal);
  if (!isAlone) return restartGroup(draft, member);
  if (!draft.isInLine(member.ordinal)) return draft.touch(member, () => member.heedWait());
  if (member.wait && member.wait.until <= draft.now) launchInLine(draft, member);
}

/** A launch that is a plan of its own: now, or when it is its turn. */
function launchInLine(draft: TreeDraft, member: Member): void {
  if (!draft.isAtWork()) return restartGroup(draft, member);
  const { ordinal, slot } = member;
  member.held = true;
  draft.later = pushed(draft.later, { ordinal, generation: slot.generation });
}

/** What waited for its turn: an exit, or a launch. */
export function takeTurn(draft: TreeDraft, member: Member): void {
  if (member.late) return judgeLate(draft, member, member.late);
  if (member.held && !draft.plan?.waits.includes(member.ordinal)) restartGroup(draft, member);
}

function refused(draft: TreeDraft, member: Member, answer: Refuse): void {
  const { reason, retryAfterMs } = answer;
  const { plan } = draft;
  if (plan?.starting.includes(member.ordinal)) {
    if (endStart(draft, member, plan)) return;
    if (taken(draft, member, plan, "start-failed") || failsAtBoot(draft, member, plan)) return;
  }
  if (!isDone(reason, false)) {
    return endAll(draft, { type: "refused", reason, retryAfterMs, path: pathOf(member) });
  }
  finish(draft, member);
  completeIfDone(draft, member);
}

/** The way from this tree to what a child ended for: to itself, or into the tree that it is. */
function pathOf({ id, inner }: Member): readonly string[] {
  const end = inner?.over ? inner.end : null;
  return end && "path" in end && end.path ? [id, ...end.path] : [id];
}
