// Starts and stops as a graph: a child is started as soon as everybody is there whom it waits for, and
// stopped as soon as nobody is left who stands behind it; the others side by side.

import type { Millis } from "@steadfast/policy";
import { isEmpty } from "../seat.js";
import type { TreeDraft } from "./draft.js";
import type { Need, StartGraph } from "./graph-rules.js";
import { findId } from "./ids.js";
import type { Member } from "./member.js";
import { isInStart } from "./plan-lists.js";
import type { TreeRules } from "./settings.js";
import type { Plan, TreeChild } from "./state.js";

type Look = (ordinal: number) => TreeChild | Member | null;

/** The name in the list that a child stands for; null for one that was added by an order. */
function nameOf({ rules }: TreeDraft, { id }: TreeChild | Member): string | null {
  return rules.listed.get(id) ?? null;
}

/** Who stands behind a child, directly or not. */
export function isBehind(
  draft: TreeDraft,
  graph: StartGraph,
  child: TreeChild | Member,
  other: TreeChild | Member,
): boolean {
  const before = nameOf(draft, child);
  const after = nameOf(draft, other);
  return before !== null && after !== null && behind(graph, before).has(after);
}

/** Every name of the list has such a set. */
const behind = (graph: StartGraph, name: string) => graph.behind.get(name) as ReadonlySet<string>;

/** Whether nobody who is still to be stopped stands behind a child. */
export function mayStop(draft: TreeDraft, graph: StartGraph, plan: Plan, ordinal: number): boolean {
  const child = draft.peek(ordinal) as TreeChild | Member;
  return plan.stop.every((one) => {
    const other = draft.peek(one);
    return !other || isEmpty(other.slot) || !isBehind(draft, graph, child, other);
  });
}

/** Whether somebody whom the plan will start waits for a child. */
export function isNeeded(draft: TreeDraft, member: Member): boolean {
  const { graph } = draft.rules;
  const { plan } = draft;
  const name = nameOf(draft, member);
  if (!graph || !plan || name === null) return false;
  return plan.start.some((ordinal) => {
    const waiting = draft.peek(ordinal) as TreeChild | Member;
    const needs = graph.after.get(nameOf(draft, waiting) as string);
    return isInStart(plan, ordinal) && needs?.some(({ id }) => id === name);
  });
}

/** Whether a child can be started now, later, or never. */
export function startVerdict(draft: TreeDraft, member: Member): "go" | "wait" | "failed" {
  const { graph } = draft.rules;
  const name = nameOf(draft, member);
  const needs = name !== null && graph?.after.get(name);
  if (!needs) return "go";
  let verdict: "go" | "wait" | "failed" = "go";
  for (const need of needs) {
    const state = needState(draft, need);
    if (state === "failed") return "failed";
    if (state === "wait") verdict = "wait";
  }
  const { openAt } = draft.plan as Plan;
  const { startTimeoutMs } = member.kind;
  const isLate = startTimeoutMs !== null && (openAt ?? draft.now) + startTimeoutMs <= draft.now;
  return verdict === "wait" && isLate ? "failed" : verdict;
}

/** Every replica has to be there. */
function needState(draft: TreeDraft, need: Need): "go" | "wait" | "failed" {
  let verdict: "go" | "wait" | "failed" = "go";
  for (const id of draft.rules.named.get(need.id) as readonly string[]) {
    const state = oneState(draft, id, need.until);
    if (state === "failed") return "failed";
    if (state === "wait") verdict = "wait";
  }
  return verdict;
}

function oneState(draft: TreeDraft, id: string, until: Need["until"]): "go" | "wait" | "failed" {
  const ordinal = findId(draft.ids, id);
  const child = ordinal === null ? null : draft.peek(ordinal);
  if (ordinal === null || !child) {
    return until === "completed" && findId(draft.gone, id) === 1 ? "go" : "failed";
  }
  if (isInStart(draft.plan, ordinal)) return "wait";
  const { slot, seat, done } = child;
  const isThere =
    until === "completed" ? child.completed : slot.phase.status === "ready" && seat?.launched;
  if (isThere) return "go";
  return done ? "failed" : "wait";
}

/** When the first who waits has waited too long; null for never. */
export function lateAt({ graph, kinds }: TreeRules, plan: Plan, look: Look): Millis | null {
  if (!graph || plan.openAt === null) return null;
  let first: Millis | null = null;
  for (let i = plan.begun; i < plan.start.length; i++) {
    const child = look(plan.start[i] as number);
    const kind = child && kinds.get("kindName" in child ? child.kindName : child.kind);
    if (!kind || kind.startTimeoutMs === null) continue;
    const at = Math.min(plan.openAt + kind.startTimeoutMs, Number.MAX_SAFE_INTEGER);
    if (first === null || at < first) first = at;
  }
  return first;
}
