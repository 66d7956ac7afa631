// Reading back a saved tree, field by field. Pages and index are built again, so that they fit together.
//
// - A child of a kind that the options do not know is dropped; a child of the list that the state has never
//   known is added behind all others.
// - Instants later than `now` are pulled back; a wait is at most as long as it was.

import { readState, type StateReader, within } from "@steadfast/policy";
import { flag, list, orNull } from "../parse.js";
import { childFacts } from "./child.js";
import { gateOf } from "./gate.js";
import { findId, putId } from "./ids.js";
import { empty, withChild } from "./initial.js";
import { getItem, setItem } from "./pages.js";
import {
  eachItem,
  parseChild,
  parseLater,
  parseOutcome,
  parsePlan,
  parseRoll,
} from "./parse-parts.js";
import { pushed } from "./queue.js";
import type { TreeRules } from "./settings.js";
import { lateAt } from "./start-graph.js";
import type { IdNode, Later, Plan, Queue, TreeChild, TreeState } from "./state.js";

export function parseTree(rules: TreeRules, raw: unknown, now: number): TreeState {
  const read = readState(raw);
  const { budget } = rules;
  // Of a tree inside that is over only its end is left.
  const isHusk = flag(read, "over") && read.raw("budget") === null;
  let state: TreeState = {
    ...empty,
    next: read.whole("next"),
    gone: parseIds(read.raw("gone"), "gone"),
    budget: isHusk ? null : budget && within("budget", () => budget.parse(read.raw("budget"), now)),
    end: orNull(read, "end", parseOutcome),
    over: flag(read, "over"),
    up: flag(read, "up"),
    unstarted: flag(read, "unstarted"),
  };
  state = withChildren(rules, state, read, now);
  const there = (ordinal: number) => getItem(state.pages, ordinal) !== null;
  const plan = orNull(read, "plan", (part) => parsePlan(part, there, now));
  const look = (ordinal: number) => getItem(state.pages, ordinal);
  const gated = plan && gateOf(plan, look);
  state = {
    ...state,
    plan: gated && { ...gated, lateAt: lateOf(rules, gated, look, now) },
    later: orNull(read, "later", parseQueue),
    rolls: list(read, "rolls", parseRoll),
  };
  if (state.over) return state;
  for (const [id, kind] of rules.listed) {
    const isKnown = findId(state.ids, id) !== null || findId(state.gone, id) !== null;
    if (!isKnown) state = withChild(rules, state, id, kind);
  }
  return state;
}

/** When the plan goes on by time: at once where that was due already, else as those say who wait. */
function lateOf(
  rules: TreeRules,
  plan: Plan,
  look: (ordinal: number) => TreeChild | null,
  now: number,
): number | null {
  const at = lateAt(rules, plan, look);
  const wasDue = plan.lateAt !== null && (plan.lateAt <= now || at === null);
  return wasDue ? Math.min(plan.lateAt, now) : at;
}

function withChildren(
  rules: TreeRules,
  state: TreeState,
  read: StateReader,
  now: number,
): TreeState {
  let { pages, ids, next } = state;
  within("pages", () =>
    eachItem(read.raw("pages"), (raw, ordinal) => {
      const one = readState(raw);
      const kind = rules.kinds.get(one.checked("kind", "a text", isText));
      if (!kind) return;
      const child = parseChild(kind, one, { now, savedAt: null });
      if (isSurplus(rules, child)) return;
      pages = setItem(pages, ordinal, child, () => childFacts(kind, child));
      ids = putId(ids, child.id, ordinal);
      next = Math.max(next, ordinal + 1);
    }),
  );
  return { ...state, pages, ids, next };
}

/** A replica that the list has no more. */
function isSurplus({ listed, named }: TreeRules, { id, kind }: TreeChild): boolean {
  if (!named.has(kind) || listed.has(id) || !id.startsWith(`${kind}.`)) return false;
  return /^[1-9]\d*$/.test(id.slice(kind.length + 1));
}

const isText = (value: unknown) => typeof value === "string";

/** What waits, in order. */
function parseQueue(raw: unknown): Queue<Later> | null {
  const read = readState(raw);
  let queue: Queue<Later> | null = null;
  within("pages", () =>
    eachItem(read.raw("pages"), (item) => {
      queue = pushed(queue, parseLater(item));
    }),
  );
  return queue;
}

/** Names and their numbers, wherever they stand in the index. */
function parseIds(raw: unknown, place: string): IdNode | null {
  let node: IdNode | null = null;
  const walk = (part: unknown): void => {
    if (part === null) return;
    if (!Array.isArray(part)) {
      const of = readState(part).checked<readonly unknown[]>("of", "an array", Array.isArray);
      return of.forEach(walk);
    }
    for (const entry of part as readonly unknown[]) {
      const read = readState({ entry });
      const [id, number] = read.checked<readonly [string, number]>(
        "entry",
        "a name and a number",
        isEntry,
      );
      node = putId(node, id, number);
    }
  };
  within(place, () => walk(raw));
  return node;
}

const isEntry = (value: unknown) =>
  Array.isArray(value) && typeof value[0] === "string" && Number.isSafeInteger(value[1]);
