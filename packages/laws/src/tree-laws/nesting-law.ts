// The law about nesting: a tree inside a tree does what it would do alone.

import { subdraw } from "@steadfast/policy";
import type { TreeEffect, TreeEvent } from "@steadfast/supervision/tree";
import { claimSame } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import type { AnyTree } from "./chronicle.js";
import type { TreeDesign } from "./design.js";
import { playStory } from "./play-story.js";
import type { TreeSubject } from "./subject.js";
import { atRow, treeLaw } from "./tree-law.js";

/** What a tree says about itself: its parent takes it, and the owner of the whole does not see it. */
const OWN: readonly string[] = ["up", "drawn", "settle"];

/** A tree in which another one stands alone. */
const around = (tree: TreeDesign): TreeDesign => ({
  strategy: "one-for-one",
  budget: null,
  autoShutdown: "never",
  startFailure: "restart",
  kinds: {},
  children: [{ id: "in", restart: "permanent", policy: null, tree }],
});

export const nestingLaws: readonly Law<TreeSubject>[] = [
  treeLaw({
    name: "tree-nesting-is-transparent",
    says: "A tree that is a child of another one does what it does alone, where a tick comes as soon as it is due, until it ends: the same effects, with a longer path.",
    cases: ["something was restarted"],
    runsShare: 0.5,
    unfit: ({ isMade }) => (isMade ? null : "it takes what makes trees"),
    check({ design, story, treeOf }, reached) {
      const outer = treeOf(around(design));
      const { taken } = playStory(asInside(treeOf(design)), story);
      let outState = outer.initial();
      for (const [row, { event, now, effects: inner }] of taken.entries()) {
        if (!event || isOfTheWhole(event)) return;
        const isOfTree = event.type === "begin" || event.type === "tick";
        const told = isOfTree ? event : { ...event, path: ["in", ...(event.path ?? [])] };
        const [after, effects] = outer.step(outState as never, told, now);
        outState = after;
        if (inner.some(({ type }) => type === "settle")) return;
        const wanted = inner.filter((one) => "path" in one || !OWN.includes(one.type));
        claimSame(
          effects.flatMap(stripped),
          wanted,
          `${atRow(row)}: what the tree does inside another one`,
        );
        if (wanted.some((one) => one.type === "launch" && one.cause === "restart")) {
          reached("something was restarted");
        }
      }
    },
  }),
];

/** What the owner wants of the whole: inside another tree that is the parent's business. */
const isOfTheWhole = ({ type, path = [] }: TreeEvent) =>
  path.length === 0 && ["stop", "kill", "fault", "reset"].includes(type);

/** Before these nothing is done that is due. */
const FIRST: readonly string[] = ["begin", "tick", "stop", "kill"];

/** The tree as its parent steps it: with a draw of its own, and a tick behind its beginning and before what comes when it is due. */
function asInside(tree: AnyTree): AnyTree {
  return {
    ...tree,
    step(state, event, now) {
      const given = { ...event, draw: subdraw(event.draw, "in") };
      const tick = { ...given, type: "tick" } as TreeEvent;
      const due = tree.deadline(state);
      const isLate = due !== null && due <= now && !FIRST.includes(event.type);
      const [heeded, first] = isLate ? tree.step(state, tick, now) : [state, []];
      const [after, effects] = tree.step(heeded as never, given, now);
      if (event.type !== "begin") return [after, [...first, ...effects]];
      const [begun, more] = tree.step(after as never, tick, now);
      return [begun, [...effects, ...more]];
    },
  };
}

/** An effect of the tree inside, as it would be alone; none for one of the tree around it. */
function stripped(effect: TreeEffect): readonly object[] {
  if (!("path" in effect) || !effect.path || effect.path[0] !== "in") return [];
  const { path, ...rest } = effect;
  if (path.length === 1) return effect.type === "answered" || effect.type === "fault" ? [rest] : [];
  return [{ ...rest, path: path.slice(1) }];
}
