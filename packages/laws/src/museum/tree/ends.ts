// Trees that do not end, or go on after the end, or do not answer.

import type { TreeEffect } from "@steadfast/supervision/tree";
import { dueAt, isOwn, saying, stepping, treeFault, twice, without } from "./tree-fault.js";

export const launchesTwice = treeFault(
  {
    name: "tree-launches-twice",
    defect: "A launch is carried out by two.",
    seenIn: "a mutant of `supervisionTree`",
  },
  twice("launch"),
);

export const settlesTwice = treeFault(
  {
    name: "tree-settles-twice",
    defect: "The end is reported by the exit and by the stop.",
    seenIn: "a mutant of `supervisionTree`",
  },
  twice("settle"),
);

export const upWithEach = treeFault(
  {
    name: "tree-up-with-each-start",
    defect: "The tree says that it is up with each of its children.",
    seenIn: "a mutant of `supervisionTree`",
  },
  saying((all) =>
    all.flatMap((one): readonly TreeEffect[] =>
      one.type === "up" ? [one, { type: "up" }] : [one],
    ),
  ),
);

export const deafToStops = treeFault(
  {
    name: "tree-does-not-hear-a-stop",
    defect: "A stop is lost.",
    seenIn: "a mutant of `supervisionTree`",
  },
  stepping((tree, state, event, now) =>
    event.type === "stop" && isOwn(event) ? [state, []] : tree.step(state, event, now),
  ),
);

export const neverSettles = treeFault(
  {
    name: "tree-never-settles",
    defect: "The end is not reported.",
    seenIn: "a mutant of `supervisionTree`",
  },
  without("settle"),
);

export const neverDue = treeFault(
  {
    name: "tree-does-not-look-at-the-time",
    defect: "There is no deadline: a child that does not obey is waited for without end.",
    seenIn: "tinylibs/tinypool#54, #49: `terminate()` never resolves",
  },
  dueAt(() => null),
);

export const goesOn = treeFault(
  {
    name: "tree-goes-on-after-a-stop",
    defect: "A stop is taken for a reset, and the tree goes on.",
    seenIn: "a mutant of `supervisionTree`",
  },
  stepping((tree, state, event, now) => {
    // A tree inside hears its parent.
    const isLost = event.type === "stop" && isOwn(event) && event.by !== "parent";
    return tree.step(state, isLost ? { ...event, type: "reset" } : event, now);
  }),
);

export const answersNobody = treeFault(
  {
    name: "tree-answers-nobody",
    defect: "Orders are carried out in silence.",
    seenIn: "a mutant of `supervisionTree`",
  },
  without("answered"),
);

export const answersTwice = treeFault(
  {
    name: "tree-answers-twice",
    defect: "Orders are answered when they come and when they are done.",
    seenIn: "a mutant of `supervisionTree`",
  },
  twice("answered"),
);
