// Starts and stops as a graph: a child is started as soon as everybody is there whom it waits for, and
// stopped as soon as nobody is left who stands behind it; the others side by side.

import type { Millis } from "@steadfast/policy";
import { instantAfter } from "../seat.js";
import type { Seat } from "../state.js";
import type { TreeDraft } from "./draft.js";
import type { Need, StartGraph } from "./graph-rules.js";
import { findId } from "./ids.js";
import type { Member } from "./member.js";
import { earlier } from "./pages.js";
import { isInStart } from "./plan-lists.js";
import type { KindRules, TreeRules } from "./settings.js";
import type { Plan, TreeChild } from "./state.js";

type Look = (ordinal: number) => TreeChild | Member | null;

/** The name in the list that a child stands for; none for one that was added by an order. */
const nameOf = ({ rules }: TreeDraft, { id }: TreeChild | Member): string =>
  rules.listed.get(id) as string;

/** Who stands behind a child, directly or not. */
export function isBehind(
  draft: TreeDraft,
  graph: StartGraph,
  child: TreeChild | Member,
  other: TreeChild | Member,
): boolean {
  return graph.behind.get(nameOf(draft, child))?.has(nameOf(draft, other)) === true;
}

/** Whether nobody who is still to be stopped stands behind a child. */
export function mayStop(draft: TreeDraft, graph: StartGraph, plan: Plan, ordinal: number): boolean {
  const child = draft.peek(ordinal) as TreeChild | Member;
  return plan.stop.every(
    (one) => !isBehind(draft, graph, child, draft.peek(one) as TreeChild | Member),
  );
}

/** Whether somebody whom the plan, which is at work, will start waits for a child. */
export function isNeeded(draft: TreeDraft, member: Member): boolean {
  const { graph } = draft.rules;
  if (!graph) return false;
  const name = nameOf(draft, member);
  return (draft.plan as Plan).start.some((ordinal) => {
    const waiting = draft.peek(ordinal) as TreeChild | Member;
    return graph.after.get(nameOf(draft, waiting))?.some(({ id }) => id === name);
  });
}

/** What keeps a child from being started: null for nothing. */
type Obstacle = "wait" | "failed" | null;

/** Whether a child has to wait for others, or waits for what never comes. */
export function obstacleOf(
  draft: TreeDraft,
  graph: StartGraph,
  plan: Plan,
  member: Member,
): Obstacle {
  const needs = graph.after.get(nameOf(draft, member)) ?? [];
  const found = needs.flatMap(({ id, until }) =>
    // Every replica has to be there.
    (draft.rules.named.get(id) as readonly string[]).map((name) => lacks(draft, name, until)),
  );
  if (found.includes("failed")) return "failed";
  if (!found.includes("wait")) return null;
  const { startTimeoutMs } = member.kind;
  const isLate =
    startTimeoutMs !== undefined && (plan.openAt as Millis) + startTimeoutMs <= draft.now;
  return isLate ? "failed" : "wait";
}

/** Whether one who is waited for is still to come, or never comes. */
function lacks(draft: TreeDraft, id: string, until: Need["until"]): Obstacle {
  const ordinal = findId(draft.ids, id);
  if (ordinal === null) {
    return until === "completed" && findId(draft.gone, id) === 1 ? null : "failed";
  }
  if (isInStart(draft.plan, ordinal)) return "wait";
  const { slot, seat, done, completed } = draft.peek(ordinal) as TreeChild | Member;
  const isUp = slot.phase.status === "ready" && (seat as Seat).launched;
  if (until === "completed" ? completed : isUp) return null;
  return done ? "failed" : "wait";
}

/** When the first who waits has waited too long; null for never. */
export function lateAt({ kinds }: TreeRules, { openAt, start }: Plan, look: Look): Millis | null {
  if (openAt === null) return null;
  let first: Millis | null = null;
  for (const ordinal of start) {
    const child = look(ordinal) as TreeChild | Member;
    const kind = kinds.get("kindName" in child ? child.kindName : child.kind) as KindRules;
    if (kind.startTimeoutMs === undefined) continue;
    first = earlier(first, instantAfter(openAt, kind.startTimeoutMs));
  }
  return first;
}
