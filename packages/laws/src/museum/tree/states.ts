// Trees whose state or deadline is not what it should be.

import { dueAt, saying, stepping, treeFault } from "./tree-fault.js";

export const turns = treeFault(
  {
    name: "tree-turns-on-the-spot",
    defect: "A tick that changes nothing makes a new state.",
    seenIn: "a mutant of `supervisionTree`",
  },
  stepping((tree, state, event, now) => {
    const [after, all] = tree.step(state, event, now);
    return [after === state ? { ...after } : after, all];
  }),
);

export const noJson = treeFault(
  {
    name: "tree-remembers-undefined",
    defect: "A field of the state is undefined, which JSON leaves out.",
    seenIn: "a mutant of `supervisionTree`",
  },
  stepping((tree, state, event, now) => {
    const [after, all] = tree.step(state, event, now);
    return [{ ...after, note: undefined } as typeof after, all];
  }),
);

export const tooLate = treeFault(
  {
    name: "tree-wakes-too-late",
    defect: "The deadline is a millisecond late.",
    seenIn: "a mutant of `supervisionTree`",
  },
  dueAt((due) => (due === null ? null : due + 1)),
);

export const tooEarly = treeFault(
  {
    name: "tree-wakes-too-early",
    defect: "The deadline is a millisecond early: there a tick changes nothing.",
    seenIn: "Node.js: a timer may ring a millisecond before its time",
  },
  dueAt((due) => (due === null ? null : due - 1)),
);

export const swallows = treeFault(
  {
    name: "tree-swallows-what-trees-inside-say",
    defect: "It does not say who is up inside a tree inside.",
    seenIn: "a mutant of `supervisionTree`",
  },
  saying((all) =>
    all.filter((one) => one.type !== "up" || !("path" in one) || one.path.length === 1),
  ),
);
