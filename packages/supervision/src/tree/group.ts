// Who is restarted together, and the plan for it. The group goes down at once, in reverse; nobody of it is
// started before the wait of each of them is over.

import { isEmpty } from "../seat.js";
import type { TreeDraft } from "./draft.js";
import { gateOf } from "./gate.js";
import type { Member } from "./member.js";
import { idle, leftToStart, union } from "./plan-lists.js";
import { isBehind } from "./start-graph.js";
import type { Plan, TreeChild } from "./state.js";

/** Who goes down with a child: its whole group, in order. In a graph the rest is who stands behind it. */
function groupOf(draft: TreeDraft, crashed: Member): readonly number[] {
  const { strategy, graph } = draft.rules;
  if (strategy === "one-for-one") return [crashed.ordinal];
  if (strategy === "one-for-all") return [...draft.ordinals()];
  if (!graph) return [...draft.ordinals(crashed.ordinal)];
  return [...draft.ordinals()].filter((ordinal) => {
    const child = draft.peek(ordinal);
    return child && (ordinal === crashed.ordinal || isBehind(draft, graph, crashed, child));
  });
}

/**
 * The restart of a child is admitted, or "not yet": so its group is restarted with it. A plan that only
 * waited, or one with a graph that goes on, is made one with it. Temporary siblings go for good, paused ones stay as they are, and an exit of
 * one of them that nobody has looked at yet does not count any more.
 */
export function restartGroup(draft: TreeDraft, crashed: Member): void {
  const plan = draft.plan ?? { ...idle, boot: !draft.up };
  const group = union(groupOf(draft, crashed), leftToStart(plan));
  const down: number[] = [];
  const start: number[] = [];
  const waits: number[] = [];
  for (const ordinal of group) {
    const member = draft.member(ordinal) as Member;
    const { attempt, intent } = member.slot;
    const isOld = member.kind.temporary && attempt > 0;
    const isActive = intent === "active";
    if (!isEmpty(member.slot) || (isOld && isActive)) down.push(ordinal);
    if (!isOld && isActive) start.push(ordinal);
    member.late = null;
    if (isOld) member.dropWait();
    if (!member.wait) continue;
    // Where only its first launch waits, the others do not wait for that; but it is not started before its turn.
    member.held = true;
    if (attempt > 0) waits.push(ordinal);
  }
  for (const ordinal of down) draft.dropPending(draft.member(ordinal) as Member);
  // In a graph somebody of another branch may still wait for an exit that nobody has looked at.
  if (draft.unstarted) draft.unstarted = toStart(draft).some((one) => !group.includes(one));
  const stop = union(plan.stop.slice(0, plan.stopping), down);
  const starting = plan.starting.filter((ordinal) => !group.includes(ordinal));
  draft.plan = {
    ...plan,
    stop,
    stopping: stop.length,
    start,
    begun: 0,
    starting,
    waits,
    openAt: null,
  };
  setGate(draft);
}

/** The waits have changed. */
export function setGate(draft: TreeDraft): void {
  if (draft.plan) draft.plan = gateOf(draft.plan, (ordinal) => draft.peek(ordinal));
}

/**
 * Those whom a plan had still to start when it was given up for a start that failed: where that came to no
 * restart of the group, they are started without the one that failed. Whether there is something to do.
 */
export function startRest(draft: TreeDraft): boolean {
  if (!draft.unstarted || draft.plan || draft.later || draft.end) return false;
  draft.unstarted = false;
  draft.plan = { ...idle, start: toStart(draft), boot: !draft.up };
  return true;
}

function toStart(draft: TreeDraft): readonly number[] {
  return [...draft.ordinals()].filter((one) => isToStart(draft.peek(one) as TreeChild | Member));
}

/** It is down, and nobody wanted it so. */
export function isToStart({ slot, done, wait }: TreeChild | Member): boolean {
  return isEmpty(slot) && slot.intent === "active" && !done && wait === null;
}

/**
 * What is left of the plan without those who are restarted with a child; null for nothing. They wait for
 * nothing any more: until the child is looked at, they are stopped.
 */
export function withoutGroup(draft: TreeDraft, failed: Member, plan: Plan): Plan | null {
  const group = groupOf(draft, failed);
  const stays = (ordinal: number) =>
    !group.includes(ordinal) || plan.ops.some((op) => op.ordinal === ordinal);
  const start = leftToStart(plan).filter(stays);
  for (const ordinal of leftToStart(plan)) {
    if (!stays(ordinal)) (draft.member(ordinal) as Member).dropWait();
  }
  if (start.length < leftToStart(plan).length) draft.unstarted = true;
  const isOver = start.length === 0 && plan.starting.length === 0;
  return isOver ? null : { ...plan, start, begun: 0 };
}
