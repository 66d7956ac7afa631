// A tree as plain JSON, for status pages.

import type { SlotRecord } from "@steadfast/child-slot";
import type { Millis } from "@steadfast/policy";
import { unknownKind } from "../errors.js";
import type { PendingWait } from "../state.js";
import type { TreeOutcome } from "./effects.js";
import type { SupervisionTree } from "./machine.js";
import { getItem, nextOrdinal } from "./pages.js";
import type { Plan, TreeChild, TreeState } from "./state.js";

/**
 * What is known of a tree.
 * @since 0.1.0
 */
export interface TreeStatus {
  /** Whether every child of the list was started once. */
  readonly up: boolean;
  /** How it will end, or has ended; null while it goes on. */
  readonly outcome: TreeOutcome | null;
  /** Whether it is over. */
  readonly over: boolean;
  /** What is being stopped and started; null for nothing. */
  readonly plan: PlanStatus | null;
  /** Its children in order. */
  readonly children: readonly ChildStatus[];
}

/**
 * What is being stopped and started, by name.
 * @since 0.1.0
 */
export interface PlanStatus {
  /** Who is still to be down, in order: the last is next. */
  readonly stop: readonly string[];
  /** Who is being started, and is not up yet. */
  readonly starting: readonly string[];
  /** Who is still to be started, in order. */
  readonly start: readonly string[];
  /** When the last wait is over before which nobody is started; null where that is not what it waits for. */
  readonly until: Millis | null;
}

/**
 * What is known of one child of a tree.
 * @since 0.1.0
 */
export interface ChildStatus extends SlotRecord {
  /** The name of its kind. */
  readonly kind: string;
  /** What is waited for while it is not there. */
  readonly waiting: PendingWait | null;
  /** Its process id; null where it has none. */
  readonly pid: number | null;
  /** Its thread id; null where it has none. */
  readonly threadId: number | null;
  /** How many exits in a row were failures. */
  readonly failures: number;
  /** How many attempts were given up and have not been seen to end. */
  readonly abandoned: number;
  /** Whether it has ended and is not wanted any more. */
  readonly done: boolean;
  /** The tree that it is; null where it is none, or not there. */
  readonly tree: TreeStatus | null;
}

/**
 * What is known of a tree and of everything in it.
 *
 * Decides nothing. Units: milliseconds. Edge: it costs as much as there are children, where `child` of the
 * tree costs no more than a step. Effect on state, errors: none. Paths begin with a slash.
 *
 * @since 0.1.0
 * @example
 * const tree = supervisionTree({ children: [{ id: "web" }] });
 * const status = treeStatus(tree, tree.initial(), 0);
 * status.children.map(({ path, status }) => `${path} ${status}`); // => ["/web stopped"]
 */
export function treeStatus(machine: SupervisionTree, state: TreeState, now: Millis): TreeStatus {
  return statusOf(machine, state, now, "");
}

function statusOf(
  machine: SupervisionTree,
  state: TreeState,
  now: Millis,
  place: string,
): TreeStatus {
  const { pages, plan, up, end, over } = state;
  const children: ChildStatus[] = [];
  for (let one = nextOrdinal(pages, 0); one !== null; one = nextOrdinal(pages, one + 1)) {
    children.push(childStatus(machine, getItem(pages, one) as TreeChild, now, place));
  }
  const named = (list: readonly number[]) =>
    list.flatMap((ordinal) => getItem(pages, ordinal)?.id ?? []);
  return { up, outcome: end, over, plan: plan && planStatus(plan, named), children };
}

function planStatus(
  { stop, stopping, starting, start, begun, gateAt }: Plan,
  named: (list: readonly number[]) => readonly string[],
): PlanStatus {
  return {
    stop: named(stop.slice(0, stopping)),
    starting: named(starting),
    start: named(start.slice(begun)),
    until: gateAt,
  };
}

function childStatus(
  machine: SupervisionTree,
  child: TreeChild,
  now: Millis,
  place: string,
): ChildStatus {
  const { id, kind, slot, seat, wait, failures, abandoned, done, inner } = child;
  const path = `${place}/${id}`;
  const rules = machine.kinds[kind];
  if (!rules) throw unknownKind(kind);
  return {
    ...rules.slot.toRecord(slot, now),
    id,
    path,
    kind,
    waiting: wait,
    pid: seat?.pid ?? null,
    threadId: seat?.threadId ?? null,
    failures,
    abandoned,
    done,
    tree: inner && !inner.over ? statusOf(rules.tree as SupervisionTree, inner, now, path) : null,
  };
}
