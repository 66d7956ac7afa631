// Trees that restart others than they should, or how they should not.

import { spoiled, stepping, treeFault } from "./tree-fault.js";

export const allForOne = treeFault(
  {
    name: "tree-all-for-one",
    defect: "One-for-one is done as one-for-all.",
    seenIn: "a mutant of `supervisionTree`",
  },
  spoiled((options) => ({ ...options, strategy: "one-for-all" })),
);

export const oneForAll = treeFault(
  {
    name: "tree-one-for-all-restarts-one",
    defect: "Groups are not restarted: a child that crashed comes back alone.",
    seenIn: "Docker Compose: `restart:` knows one container, whatever depends on it",
  },
  spoiled((options) => ({ ...options, strategy: "one-for-one" })),
);

export const onlyTheRest = treeFault(
  {
    name: "tree-one-for-all-restarts-the-rest",
    defect: "One-for-all is done as rest-for-one.",
    seenIn: "a mutant of `supervisionTree`",
  },
  spoiled((options) => ({
    ...options,
    ...(options.strategy === "one-for-all" && { strategy: "rest-for-one" }),
  })),
);

export const moreThanTheRest = treeFault(
  {
    name: "tree-rest-for-one-restarts-all",
    defect: "Rest-for-one is done as one-for-all.",
    seenIn: "a mutant of `supervisionTree`",
  },
  spoiled((options) => ({
    ...options,
    ...(options.strategy === "rest-for-one" && { strategy: "one-for-all" }),
  })),
);

export const noBudget = treeFault(
  {
    name: "tree-forgets-the-budget",
    defect: "Nothing limits the sum of all restarts.",
    seenIn: "Docker: `on-failure:3` is counted for each container",
  },
  spoiled(({ budget: _, ...options }) => options),
);

export const budgetForEach = treeFault(
  {
    name: "tree-budget-for-each",
    defect: "Each child has the whole budget for itself.",
    seenIn: "Docker: `on-failure:3` is counted for each container",
  },
  spoiled(({ budget, children = [], ...options }) => ({
    ...options,
    children: children.map((child) => (budget ? { ...child, policy: budget } : child)),
  })),
);

export const doesNotWait = treeFault(
  {
    name: "tree-does-not-wait",
    defect: "A delay is announced and not kept.",
    seenIn: "a mutant of `supervisionTree`",
  },
  (make) => {
    const hasty = spoiled(({ children = [], ...options }) => ({
      ...options,
      children: children.map(({ policy: _, ...child }) => child),
    }))(make);
    return stepping((tree, state, event, now) => {
      const [after, all] = tree.step(state, event, now);
      return [
        after,
        all.map((one) => (one.type === "delayed" ? { ...one, until: one.until + 5 } : one)),
      ];
    })(hasty);
  },
);
