// A tree of supervisions as a pure value, one step of it: first what is due, then what has happened, then
// everything that follows from that.

import { type Millis, readArguments } from "@steadfast/policy";
import { describeTree } from "./describe.js";
import type { TreeEffect } from "./effects.js";
import type { TreeEvent } from "./events.js";
import { happen } from "./happen.js";
import { initialTree } from "./initial.js";
import type { SupervisionTree } from "./machine.js";
import { TreeStep } from "./nested.js";
import type { TreeOptions } from "./options.js";
import { earlier, earliest } from "./pages.js";
import { parseTree } from "./parse.js";
import { gateDeadline } from "./plan-lists.js";
import { type TreeRules, treeRules } from "./settings.js";
import { settleDown } from "./settle-down.js";
import type { TreeState } from "./state.js";
import { childAt, hasPaused, namesAt, policyAt } from "./view.js";

/**
 * Makes the supervision of many children as a pure value.
 *
 * Decides: who is started, stopped and restarted with whom, in which order and when, as effects with the way
 * to the child. One plan at a time: those who are to be down are stopped in reverse order, one by one; then
 * those who are to be up are started in order, each up before the next. What happens to others meanwhile
 * waits for its end; a plan that only waits for a delay is made one with the next, and the later instant
 * holds. Units: milliseconds, whole. Defaults: `one-for-one`, no budget, no automatic shutdown.
 * Edges: what is due comes before what happens at the same instant; a tree without children is up at once.
 * The first event is `begin`; after each step the next `tick` is due at `deadline`.
 * Effect on state: the same reference when nothing changed; else the way to each child that changed is
 * copied, and nothing more. It is plain JSON. Errors: `PolicyOptionsError` for a bad option;
 * `PolicyStateError` from `parse`. A policy or a judge that breaks its contract is an effect `fault` and an
 * ending, never a throw.
 * Source: Erlang/OTP 25, stdlib 4.2, `supervisor.erl`; what is different: docs/provenance.md.
 *
 * @since 0.1.0
 * @example
 * const tree = supervisionTree({ strategy: "one-for-all", children: [{ id: "db" }, { id: "web" }] });
 * const given = { draw: 0.5, wall: 0 };
 * const [, effects] = tree.step(tree.initial(), { type: "begin", ...given }, 0);
 * const launched = effects.flatMap((effect) => (effect.type === "launch" ? [effect.path] : []));
 * launched; // => [["db"]]
 */
export function supervisionTree(options: TreeOptions): SupervisionTree {
  readArguments("supervisionTree", arguments, 1);
  return supervisionTreeOf(options, "supervisionTree");
}

/**
 * Makes a tree for a caller whose name stands in errors.
 *
 * Decides nothing more than `supervisionTree`. Effect on state: none. Errors: `PolicyOptionsError` for a bad
 * option.
 *
 * @since 0.1.0
 * @example
 * const tree = supervisionTreeOf({ children: [{ id: "web" }] }, "mine");
 * tree.children(tree.initial()); // => ["web"]
 */
export function supervisionTreeOf(options: TreeOptions, owner: string): SupervisionTree {
  const rules = treeRules(options, owner);
  return {
    describe: describeTree(rules),
    kinds: Object.fromEntries(rules.kinds),
    initial: () => initialTree(rules),
    step: (state, event, now) => step(rules, state, event, now),
    deadline: treeDeadline,
    isPaused: (state) => !state.over && hasPaused(rules, state),
    parse: (raw, now) => parseTree(rules, raw, now),
    child: (state, path) => childAt(rules, state, path),
    policy: (state, path) => policyAt(rules, state, path),
    children: (state, path = []) => namesAt(rules, state, path),
  };
}

const treeDeadline = ({ pages, plan, over }: TreeState): Millis | null =>
  over ? null : earlier(earliest(pages), gateDeadline(plan));

const NOTHING: readonly TreeEffect[] = [];

function step(
  rules: TreeRules,
  state: TreeState,
  event: TreeEvent,
  now: Millis,
): readonly [TreeState, readonly TreeEffect[]] {
  if (state.over) return [state, event.type === "begin" ? settled(state) : NOTHING];
  const draft = new TreeStep(rules, state, event, now);
  happen(draft, event);
  settleDown(draft);
  return [draft.after(), draft.effects];
}

/** A saved tree that was over is over under a new host, too, and says so. */
const settled = ({ end }: TreeState): readonly TreeEffect[] =>
  end ? [{ type: "settle", outcome: end }] : NOTHING;
