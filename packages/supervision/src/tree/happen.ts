// What an event means to a tree: what it is about is found by its path, and what is due comes first.

import type { Report } from "../events.js";
import { takeReport } from "../reports.js";
import { TICK, tick } from "../timing.js";
import { begin } from "./begin.js";
import { order } from "./dynamic.js";
import { endAll, failAll, killAll } from "./ending.js";
import type { TreeEvent, TreeOrder } from "./events.js";
import type { Member } from "./member.js";
import type { TreeStep } from "./nested.js";
import { firstDue } from "./pages.js";
import { orderChild, orderNobody, type PathOrder } from "./path-orders.js";
import { beginRoll } from "./rolling.js";
import { hear, settleDown } from "./settle-down.js";

const TREE_ORDERS: readonly string[] = [
  "start-child",
  "terminate-child",
  "restart-child",
  "delete-child",
  "roll",
] satisfies readonly TreeOrder["type"][];

const REPORTS: readonly string[] = [
  "launched",
  "ready",
  "not-ready",
  "heartbeat",
  "exited",
  "probed",
  "used",
  "standby-up",
  "standby-lost",
] satisfies readonly Report["type"][];

const isTreeOrder = (event: TreeEvent): event is Extract<TreeEvent, TreeOrder> =>
  TREE_ORDERS.includes(event.type);

export function happen(draft: TreeStep, event: TreeEvent): void {
  const path = event.path ?? [];
  const [id] = path;
  if (!["begin", "stop", "kill"].includes(event.type)) heed(draft);
  if (draft.over) return;
  if (id !== undefined) happenBelow(draft, event, path, id);
  else if (event.type === "begin") begin(draft);
  else if (event.type === "stop" || event.type === "kill") {
    endAll(draft, { type: "stopped", by: event.by });
    if (event.type === "kill") killAll(draft);
  } else if (event.type === "fault") failAll(draft, event.error, null);
  else if (event.type === "reset") resetAll(draft);
  else if (event.type === "roll") beginRoll(draft, event);
  else if (isTreeOrder(event)) order(draft, event);
}

/** What is about a child, or about one inside the tree that it is. */
function happenBelow(draft: TreeStep, event: TreeEvent, path: readonly string[], id: string): void {
  const member = draft.find(id);
  const rest = path.slice(1);
  if (rest.length > 0 || isTreeOrder(event)) {
    if (REPORTS.includes(event.type) && isOfThePast(draft, path)) return;
    if (member?.inner && !member.inner.over) return draft.give(member, event, rest);
    return nobody(draft, event, path);
  }
  if (!member) return nobody(draft, event, path);
  if (!REPORTS.includes(event.type)) return orderChild(draft, member, event as PathOrder);
  // A tree speaks for itself.
  if (member.kind.tree) return;
  draft.touch(member, () => takeReport(member, event as Report));
}

/** What was due has begun a tree on the way again in this step: a report is still of those who stood in it before. */
function isOfThePast({ effects }: TreeStep, path: readonly string[]): boolean {
  return effects.some(
    (one) => one.type === "launched" && one.path.every((id, i) => id === path[i]),
  );
}

/** A report about nobody is dropped, an order is answered. */
function nobody(draft: TreeStep, event: TreeEvent, path: readonly string[]): void {
  if (isTreeOrder(event)) {
    const { ref } = event;
    draft.effects.push({ type: "answered", ref, ok: false, error: "not-found", path });
  } else orderNobody(draft, event as PathOrder, path);
}

/** Everything that is due is done first, child by child, in order. */
function heed(draft: TreeStep): void {
  const { now } = draft;
  let ordinal = firstDue(draft.pages, now, 0);
  while (ordinal !== null) {
    heedOne(draft, draft.member(ordinal) as Member);
    hear(draft);
    ordinal = firstDue(draft.flush(), now, ordinal + 1);
  }
  settleDown(draft);
}

function heedOne(draft: TreeStep, member: Member): void {
  draft.give(member, TICK);
  draft.touch(member, tick);
}

/** One that broke its contract is nobody's fault in particular. */
function resetBudget(draft: TreeStep): void {
  const { budget } = draft.rules;
  if (!budget) return;
  try {
    [draft.budget] = budget.step(draft.budget, { type: "reset" }, draft.now);
  } catch (error) {
    failAll(draft, error, null);
  }
}

/** The past of the budget is forgiven, and that of every child; then who was refused for a time asks again. */
function resetAll(draft: TreeStep): void {
  resetBudget(draft);
  for (const ordinal of draft.ordinals()) {
    draft.touch(draft.member(ordinal) as Member, (member) => member.forget());
  }
  draft.isForgiven = true;
}
