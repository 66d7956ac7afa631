// The plan, one at a time: those who are to be down are stopped in reverse order, one by one; then, when
// every wait is over, those who are to be up are started in order, each up before the next.

import type { Millis } from "@steadfast/policy";
import { isEmpty } from "../seat.js";
import type { TreeDraft } from "./draft.js";
import type { StartGraph } from "./graph-rules.js";
import type { Member } from "./member.js";
import { idle, isGateOpen, without, withoutOp } from "./plan-lists.js";
import { lateAt, mayStop, obstacleOf } from "./start-graph.js";
import type { Plan } from "./state.js";

/** Goes on as far as it can; whether anything has happened. */
export function advance(draft: TreeDraft): boolean {
  const { plan } = draft;
  if (!plan || draft.over) return false;
  if (takeUp(draft, plan)) return true;
  if (plan.stopping > 0) return stopNext(draft, plan);
  if (draft.end) {
    draft.over = true;
    return finish(draft, idle);
  }
  if (plan.openAt === null) {
    if (!isGateOpen(plan, draft.now)) return false;
    draft.plan = { ...plan, openAt: draft.now, waits: [], gateAt: null, lateAt: null };
    return true;
  }
  const { graph } = draft.rules;
  if (graph) return advanceStarts(draft, plan, graph);
  if (plan.starting.length > 0) return false;
  if (plan.begun < plan.start.length) return startNext(draft, plan);
  return finish(draft, plan);
}

function finish(draft: TreeDraft, plan: Plan): boolean {
  draft.plan = null;
  if (plan.boot && !draft.unstarted) draft.isUp();
  return true;
}

// --- stops ------------------------------------------------------------------------------------------

function stopNext(draft: TreeDraft, plan: Plan): boolean {
  const { graph } = draft.rules;
  if (graph) return stopGraph(draft, plan, graph);
  const ordinal = plan.stop[plan.stopping - 1] as number;
  if (isThere(draft, ordinal)) return ask(draft, ordinal);
  draft.plan = { ...plan, stopping: plan.stopping - 1 };
  left(draft, ordinal);
  return true;
}

/** Those who are down are left out; of the others everybody is asked behind whom nobody is left. */
function stopGraph(draft: TreeDraft, plan: Plan, graph: StartGraph): boolean {
  const down = plan.stop.findLast((ordinal) => !isThere(draft, ordinal));
  if (down !== undefined) {
    const stop = without(plan.stop, down);
    draft.plan = { ...plan, stop, stopping: stop.length };
    left(draft, down);
    return true;
  }
  const free = plan.stop.filter((ordinal) => mayStop(draft, graph, plan, ordinal)).reverse();
  return free.filter((ordinal) => ask(draft, ordinal)).length > 0;
}

const isThere = (draft: TreeDraft, ordinal: number): boolean => {
  const child = draft.peek(ordinal);
  return child !== null && !isEmpty(child.slot);
};

/** It is asked to end, once. */
function ask(draft: TreeDraft, ordinal: number): boolean {
  const member = draft.member(ordinal) as Member;
  const { phase } = member.slot;
  if (phase.status === "cancelling" && !phase.pending) return false;
  draft.touch(member, () => member.halt());
  return true;
}

/**
 * It is down: a temporary child is gone, and an order for its end is answered, or one for its start that did not
 * come to an end in time.
 */
function left(draft: TreeDraft, ordinal: number): void {
  if (draft.end) return;
  const child = draft.member(ordinal);
  // An order by path may have removed it already.
  if (!child) return;
  const plan = draft.plan as Plan;
  const op = plan.ops.find((one) => one.ordinal === ordinal);
  if (op && child.done) {
    draft.plan = withoutOp(plan, op);
    draft.answer(op.ref, op.type === "terminate-child" ? null : "start-failed");
  }
  const isGone = child.done && op?.type === "start-child";
  if (isGone || child.kind.temporary) draft.remove(child);
}

// --- starts -----------------------------------------------------------------------------------------

/** Those who are up now are not being started any more. */
function takeUp(draft: TreeDraft, plan: Plan): boolean {
  const isUp = (ordinal: number) => (draft.member(ordinal) as Member).isReady();
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

/** As a graph: everybody is started who can be, side by side. */
function advanceStarts(draft: TreeDraft, plan: Plan, graph: StartGraph): boolean {
  let isTurned = false;
  for (const ordinal of plan.start) {
    const member = draft.member(ordinal) as Member;
    const obstacle = obstacleOf(draft, graph, plan, member);
    if (obstacle === "wait") continue;
    if (member.hasLaunched) {
      isTurned = true;
      continue;
    }
    const start = without(plan.start, ordinal);
    draft.plan = { ...plan, start, starting: [...plan.starting, ordinal] };
    if (obstacle === "failed") draft.news.push(Object.assign(member, { asked: "late" }));
    else draft.touch(member, begin);
    return true;
  }
  if (plan.start.length === 0 && plan.starting.length === 0) return finish(draft, plan);
  const at = isTurned ? draft.now : lateAt(draft.rules, plan, (one) => draft.peek(one));
  return waits(draft, plan, at);
}

/** Time lets it go on. A tree that has ended as soon as it began is started again by the next tick: every step has an end. */
function waits(draft: TreeDraft, plan: Plan, at: Millis | null): false {
  if (plan.lateAt !== at) draft.plan = { ...plan, lateAt: at };
  return false;
}

function startNext(draft: TreeDraft, plan: Plan): boolean {
  const ordinal = plan.start[plan.begun] as number;
  const begun = plan.begun + 1;
  const member = draft.member(ordinal) as Member;
  if (member.hasLaunched) return waits(draft, plan, draft.now);
  draft.plan = { ...plan, begun, starting: [ordinal], lateAt: null };
  draft.touch(member, begin);
  return true;
}

/**
 * The first launch of a child is asked of its policy, unless that was done: then it waits as long as it has to.
 * A restart was admitted with its group, and the gate has waited for it.
 */
function begin(member: Member): void {
  member.held = false;
  member.completed = false;
  if (member.slot.attempt > 0) member.occupy("restart");
  else if (member.wait) member.heedWait();
  else member.request("start");
}
