// How a law about trees is written: a story is played on the tree, and the law looks at what came of it.

import { type Law, type Reached, trial } from "../kernel/law.js";
import { shorterList } from "../kernel/shorten.js";
import type { AnyTree, Chronicle, Taken } from "./chronicle.js";
import type { TreeDesign } from "./design.js";
import { Ledger, type Sight } from "./ledger.js";
import { shorterDesign } from "./shorter-design.js";
import { showStory } from "./show-story.js";
import type { StoryParts, TreeStory } from "./story.js";
import type { TreeSubject } from "./subject.js";

/** A story that was played. */
export interface PlayedTree extends Chronicle {
  readonly tree: AnyTree;
  readonly design: TreeDesign;
  readonly story: TreeStory;
  /** The tree of another design, made the same way. */
  treeOf(design?: TreeDesign): AnyTree;
}

export interface TreeLawParts {
  readonly name: string;
  readonly says: string;
  /** What must come up often enough. */
  readonly cases: readonly string[];
  /** The least share of stories in which each case must come up. Default 0.05. */
  readonly leastShare?: number;
  /** Of a tree that is given: those cases that can come up in it. Default: all. */
  readonly casesIn?: (design: TreeDesign) => readonly string[];
  readonly story?: StoryParts;
  /** Of the stories this share is enough, where each costs more. Default 1. */
  readonly runsShare?: number;
  /** Why it cannot be tried on this subject, or null. */
  readonly unfit?: (subject: TreeSubject) => string | null;
  /** Throws where the law is broken. */
  readonly check: (played: PlayedTree, reached: Reached) => void;
}

/** The usual stories: one object, so that all laws draw the same. */
export const USUAL: StoryParts = { depth: 2 };
/** Groups that are restarted often, in trees that go on. */
export const GROUPS: StoryParts = { depth: 2, groups: true, ends: false };
/** The same with all strategies. */
export const GOING_ON: StoryParts = { depth: 2, strategies: true, ends: false };
/** Children that often do not end. */
export const DEAF: StoryParts = { depth: 2, deaf: true };

/** In a tree that somebody gave, delays may be long and children few. */
const GIVEN_SHARE = 0.005;

export function* shorterStory(story: TreeStory): Generator<TreeStory> {
  for (const moves of shorterList(story.moves)) yield { ...story, moves };
  for (const lives of shorterList(story.lives, { least: 1 })) yield { ...story, lives };
  const { design } = story;
  if (!design) return;
  for (const shorter of shorterDesign(design)) yield { ...story, design: shorter };
}

export function treeLaw(parts: TreeLawParts): Law<TreeSubject> {
  const { name, says, story = USUAL, runsShare = 1, unfit, check } = parts;
  return {
    name,
    says,
    trial(subject) {
      const reason = unfit?.(subject) ?? null;
      if (reason !== null) return reason;
      const { given } = subject;
      const cases = given && parts.casesIn ? parts.casesIn(given) : parts.cases;
      const leastShare = given ? GIVEN_SHARE : parts.leastShare;
      return trial<TreeStory>({
        inputs: subject.stories(story),
        cases,
        runsShare,
        ...(leastShare !== undefined && { leastShare }),
        shorter: shorterStory,
        holds(one, reached) {
          const { tree, chronicle } = subject.played(one);
          const design = subject.designOf(one);
          check({ ...chronicle, tree, design, story: one, treeOf: subject.treeOf }, reached);
        },
        show: (one) => showStory(subject.played(one).chronicle, one),
      });
    },
  };
}

/** Goes through a story with what is known from outside; `look` sees each effect about a child before it counts. */
export function walk(
  { taken, design }: Pick<PlayedTree, "taken" | "design">,
  look: (sight: Sight, ledger: Ledger) => void,
  around: {
    readonly before?: (one: Taken, ledger: Ledger) => void;
    readonly after?: (one: Taken, row: number, ledger: Ledger) => void;
  } = {},
): Ledger {
  const ledger = new Ledger(design);
  taken.forEach((one, row) => {
    around.before?.(one, ledger);
    ledger.note(one, row, (sight) => look(sight, ledger));
    around.after?.(one, row, ledger);
  });
  return ledger;
}

export const atRow = (row: number): string => `row ${row + 1}`;
export const nameOf = (path: readonly string[]): string => path.join("/") || "the tree";
