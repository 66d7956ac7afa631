// What is checked: what makes trees, which is tried with many designs, or the options of one tree.

import type { SupervisionTree, TreeOptions } from "@steadfast/supervision/tree";
import { supervisionTree } from "@steadfast/supervision/tree";
import type { Arbitrary } from "fast-check";
import { pooled } from "../kernel/pooled.js";
import type { AnyTree, Chronicle } from "./chronicle.js";
import { type MakeTree, optionsOf, type TreeDesign } from "./design.js";
import { playStory } from "./play-story.js";
import { type StoryParts, someStory, type TreeStory } from "./story.js";

/** A tree, or what makes trees. */
export interface TreeSubject {
  readonly name: string;
  /** Whether it takes options. */
  readonly isMade: boolean;
  /** What the one tree is made of that was given; null for what makes trees. */
  readonly given: TreeDesign | null;
  /** The tree that a story is about. */
  treeOf(design?: TreeDesign): AnyTree;
  /** What the tree of a story is made of, as far as it is known. */
  designOf(story: TreeStory): TreeDesign;
  /** Stories of one kind: every law that asks for them draws the same ones. */
  stories(parts: StoryParts): Arbitrary<TreeStory>;
  /** What came of a story; it is played once. */
  played(story: TreeStory): { readonly tree: AnyTree; readonly chronicle: Chronicle };
}

export function treeSubject(subject: MakeTree | TreeOptions, name?: string): TreeSubject {
  const isMade = typeof subject === "function";
  const make = isMade ? subject : supervisionTree;
  const given = isMade ? null : (make(subject) as AnyTree);
  const shown = isMade ? null : shownAs(subject);
  const kinds = new Map<StoryParts, Arbitrary<TreeStory>>();
  const plays = new WeakMap<TreeStory, ReturnType<TreeSubject["played"]>>();

  function treeOf(design?: TreeDesign): AnyTree {
    if (given || !design) return given as AnyTree;
    return make(optionsOf(design, make));
  }

  return {
    name: name ?? (isMade ? subject.name || "tree" : "tree"),
    isMade,
    given: shown,
    treeOf,
    designOf: ({ design }) => (shown ?? design) as TreeDesign,
    stories(parts) {
      const stories = kinds.get(parts) ?? pooled(someStory(parts, isMade));
      kinds.set(parts, stories);
      return stories;
    },
    played(story) {
      const known = plays.get(story);
      if (known) return known;
      const tree = treeOf(story.design);
      const played = { tree, chronicle: playStory(tree, story) };
      plays.set(story, played);
      return played;
    },
  };
}

/** Of given options: what laws need to know. Trees inside are looked at from outside only. */
function shownAs(options: TreeOptions): TreeDesign {
  const plain = { policy: null, tree: null, restart: "permanent" as const };
  return {
    strategy: options.strategy ?? "one-for-one",
    budget: null,
    autoShutdown: options.autoShutdown ?? "never",
    startFailure: options.startFailure ?? "end",
    children: (options.children ?? []).map((child) => ({
      ...plain,
      ...child,
      ...plain,
      restart: child.restart ?? "permanent",
    })),
    kinds: Object.fromEntries(
      Object.entries(options.kinds ?? {}).map(([name, kind]) => [
        name,
        { ...kind, ...plain, restart: kind.restart ?? "permanent" },
      ]),
    ),
  };
}

export type { SupervisionTree };
