// The tree and its twin on one story: the tree is played in the virtual world, and the twin is told the same.
// Every step's effects and the next deadline are compared, whole.

import type { TreeOptions } from "@steadfast/supervision/tree";
import { deepEqual } from "../../src/kernel/deep-equal.js";
import type { AnyTree, Chronicle } from "../../src/tree-laws/chronicle.js";
import { type MakeTree, optionsOf } from "../../src/tree-laws/design.js";
import { playStory } from "../../src/tree-laws/play-story.js";
import { effectText, showStory } from "../../src/tree-laws/show-story.js";
import type { TreeStory } from "../../src/tree-laws/story.js";
import { twinTree } from "./twin/twin.js";

export interface Compared {
  readonly chronicle: Chronicle;
  /** In words; null where both are the same. */
  readonly difference: string | null;
}

const plain = (effects: readonly unknown[]): unknown[] =>
  effects.map((effect) =>
    Object.fromEntries(Object.entries(effect as object).filter(([, value]) => value !== undefined)),
  );

/** The tree, with its state through JSON and `parse` after every step. */
function reread(tree: AnyTree): AnyTree {
  return {
    ...tree,
    step(state, event, now) {
      const [after, effects] = tree.step(state, event, now);
      return [tree.parse(JSON.parse(JSON.stringify(after)), now), effects];
    },
  };
}

export function compared(
  make: (options: TreeOptions) => unknown,
  story: TreeStory,
  isReread = false,
): Compared {
  const design = story.design as NonNullable<TreeStory["design"]>;
  const made = make(optionsOf(design, make as MakeTree)) as AnyTree;
  const tree = isReread ? reread(made) : made;
  const chronicle = playStory(tree, story);
  const found = differenceIn(chronicle, tree, story);
  if (!found) return { chronicle, difference: null };
  const until = { ...chronicle, taken: chronicle.taken.slice(0, found.row + 1) };
  return { chronicle, difference: `${found.what}\n${showStory(until, story)}` };
}

interface Difference {
  readonly row: number;
  readonly what: string;
}

function differenceIn(
  { taken, thrown }: Chronicle,
  tree: AnyTree,
  story: TreeStory,
): Difference | null {
  const twin = twinTree(
    optionsOf(story.design as never, twinTree as unknown as MakeTree),
  ) as unknown as AnyTree;
  let state = twin.initial();
  for (const [row, { event, now, after, effects }] of taken.entries()) {
    const differs = (what: string): Difference => ({ row, what: `row ${row + 1}: ${what}` });
    if (!event) {
      state = twin.parse(JSON.parse(JSON.stringify(state)), now);
      continue;
    }
    if (thrown && row === taken.length - 1) break;
    let told: readonly unknown[];
    try {
      [state, told] = twin.step(state as never, event, now);
    } catch (error) {
      return differs(`the twin threw ${(error as Error).stack}`);
    }
    if (!deepEqual(plain(effects), plain(told))) {
      const of = (all: readonly unknown[]) =>
        all.map((one) => `${effectText(one as never)} ${JSON.stringify(one)}`).join("\n    ");
      return differs(`the tree\n    ${of(effects)}\n  the twin\n    ${of(told)}`);
    }
    const [due, twinDue] = [tree.deadline(after as never), twin.deadline(state as never)];
    const isLate = (at: number | null) => at !== null && at <= now;
    if (due !== twinDue && !(isLate(due) && isLate(twinDue))) {
      return differs(`the tree is due at ${due}, the twin at ${twinDue}`);
    }
  }
  if (thrown) return { row: taken.length, what: `the tree threw ${(thrown.error as Error).stack}` };
  return null;
}
