// Trees with one defect each: the healthy one made of spoiled options, or with something put around it.

import type {
  SupervisionTree,
  TreeEffect,
  TreeEvent,
  TreeOptions,
} from "@steadfast/supervision/tree";

type Make = (options: TreeOptions) => SupervisionTree;
type Child = NonNullable<TreeOptions["children"]>[number];

export interface FaultyTree {
  readonly name: string;
  /** What is wrong with it. */
  readonly defect: string;
  /** The law that catches it. */
  readonly law: string;
  readonly spoil: (make: Make) => Make;
}

const spoiled =
  (spoil: (options: TreeOptions) => TreeOptions) =>
  (make: Make): Make =>
  (options) =>
    make(spoil(options));

const eachChild = (change: (child: Child) => Partial<Child>) =>
  spoiled((options) => ({
    ...options,
    children: (options.children ?? []).map((child) => ({ ...child, ...change(child) })),
  }));

type Step = SupervisionTree["step"];

const around =
  (step: (healthy: Step, ...given: Parameters<Step>) => ReturnType<Step>) =>
  (make: Make): Make =>
  (options) => {
    const tree = make(options);
    return { ...tree, step: (state, event, now) => step(tree.step, state, event, now) };
  };

const effects = (change: (all: readonly TreeEffect[], event: TreeEvent) => readonly TreeEffect[]) =>
  around((step, state, event, now) => {
    const [after, all] = step(state, event, now);
    return [after, change(all, event)];
  });

const without = (...types: readonly TreeEffect["type"][]) =>
  effects((all) => all.filter(({ type }) => !types.includes(type)));

const isOwn = ({ path = [] }: TreeEvent) => path.length === 0;

export const faultyTrees: readonly FaultyTree[] = [
  {
    name: "starts in reverse order",
    defect: "The list is read from its end.",
    law: "tree-starts-in-order",
    spoil: spoiled((options) => ({
      ...options,
      children: [...(options.children ?? [])].reverse(),
    })),
  },
  {
    name: "stops in the order of starts",
    defect: "As above, seen at the end.",
    law: "tree-stops-in-reverse",
    spoil: spoiled((options) => ({
      ...options,
      children: [...(options.children ?? [])].reverse(),
    })),
  },
  {
    name: "restarts all for one",
    defect: "One-for-one is done as one-for-all.",
    law: "tree-leaves-siblings-alone",
    spoil: spoiled((options) => ({ ...options, strategy: "one-for-all" })),
  },
  {
    name: "restarts one for all",
    defect: "Groups are not restarted.",
    law: "tree-restarts-the-whole-group",
    spoil: spoiled((options) => ({ ...options, strategy: "one-for-one" })),
  },
  {
    name: "restarts only the rest",
    defect: "One-for-all is done as rest-for-one.",
    law: "tree-restarts-the-whole-group",
    spoil: spoiled((options) => ({
      ...options,
      strategy:
        options.strategy === "one-for-all" ? "rest-for-one" : (options.strategy ?? "one-for-one"),
    })),
  },
  {
    name: "restarts more than the rest",
    defect: "Rest-for-one is done as one-for-all.",
    law: "tree-leaves-siblings-alone",
    spoil: spoiled((options) => ({
      ...options,
      strategy:
        options.strategy === "rest-for-one" ? "one-for-all" : (options.strategy ?? "one-for-one"),
    })),
  },
  {
    name: "forgets the budget",
    defect: "Nothing limits the sum.",
    law: "tree-budget-bounds-the-sum",
    spoil: spoiled(({ budget: _, ...options }) => options),
  },
  {
    name: "has a budget for each child",
    defect: "Each child has the whole budget.",
    law: "tree-budget-bounds-the-sum",
    spoil: spoiled(({ budget, ...options }) => ({
      ...options,
      children: (options.children ?? []).map((child) =>
        budget ? { ...child, policy: budget } : child,
      ),
    })),
  },
  {
    name: "does not wait",
    defect: "A delay is told and not kept.",
    law: "tree-delays-hold",
    spoil: (make) => (options) => {
      const hasty = make({
        ...options,
        children: (options.children ?? []).map(({ policy: _, ...child }) => child),
      });
      return {
        ...hasty,
        step(state, event, now) {
          const [after, all] = hasty.step(state, event, now);
          return [
            after,
            all.map((effect) =>
              effect.type === "delayed" ? { ...effect, until: effect.until + 5 } : effect,
            ),
          ];
        },
      };
    },
  },
  {
    name: "launches twice",
    defect: "A launch is carried out by two.",
    law: "tree-at-most-one-alive",
    spoil: effects((all) =>
      all.flatMap((one): readonly TreeEffect[] => (one.type === "launch" ? [one, one] : [one])),
    ),
  },
  {
    name: "settles twice",
    defect: "The end is told by the exit and by the stop.",
    law: "tree-ends-once",
    spoil: effects((all) =>
      all.flatMap((one): readonly TreeEffect[] => (one.type === "settle" ? [one, one] : [one])),
    ),
  },
  {
    name: "says up with each start",
    defect: "The tree is up with each of its children.",
    law: "tree-ends-once",
    spoil: effects((all) =>
      all.flatMap((one): readonly TreeEffect[] =>
        one.type === "up" ? [one, { type: "up" }] : [one],
      ),
    ),
  },
  {
    name: "does not hear a stop",
    defect: "A stop is lost.",
    law: "tree-stop-ends",
    spoil: around((step, state, event, now) =>
      event.type === "stop" && isOwn(event) ? [state, []] : step(state, event, now),
    ),
  },
  {
    name: "never settles",
    defect: "Nobody is told of the end.",
    law: "tree-stop-ends",
    spoil: without("settle"),
  },
  {
    name: "does not look at the time",
    defect: "There is no deadline.",
    law: "tree-stop-ends",
    spoil: (make) => (options) => ({ ...make(options), deadline: () => null }),
  },
  {
    name: "goes on after a stop",
    defect: "A stop is taken for a tick, and then carried out.",
    law: "tree-launches-nobody-after-the-end",
    spoil: (make) => (options) => {
      const tree = make(options);
      return {
        ...tree,
        step(state, event, now) {
          if (event.type !== "stop" || !isOwn(event)) return tree.step(state, event, now);
          return tree.step(state, { ...event, type: "reset" }, now);
        },
      };
    },
  },
  {
    name: "answers nobody",
    defect: "Orders are carried out in silence.",
    law: "tree-answers-every-order",
    spoil: without("answered"),
  },
  {
    name: "answers twice",
    defect: "Orders are answered when they come and when they are done.",
    law: "tree-answers-every-order",
    spoil: effects((all) =>
      all.flatMap((one): readonly TreeEffect[] => (one.type === "answered" ? [one, one] : [one])),
    ),
  },
  {
    name: "turns on the spot",
    defect: "A tick that changes nothing makes a new state.",
    law: "tree-same-state-where-nothing-changed",
    spoil: around((step, state, event, now) => {
      const [after, all] = step(state, event, now);
      return [after === state ? { ...after } : after, all];
    }),
  },
  {
    name: "remembers what is no JSON",
    defect: "A field of the state is undefined.",
    law: "tree-state-is-plain",
    spoil: around((step, state, event, now) => {
      const [after, all] = step(state, event, now);
      return [{ ...after, note: undefined } as typeof after, all];
    }),
  },
  {
    name: "wakes too late",
    defect: "The deadline is a millisecond late.",
    law: "tree-nothing-before-the-deadline",
    spoil: (make) => (options) => {
      const tree = make(options);
      const late = (at: number | null) => (at === null ? null : at + 1);
      return { ...tree, deadline: (state) => late(tree.deadline(state)) };
    },
  },
  {
    name: "wakes too early",
    defect: "The deadline is a millisecond early.",
    law: "tree-comes-to-rest",
    spoil: (make) => (options) => {
      const tree = make(options);
      const early = (at: number | null) => (at === null ? null : at - 1);
      return { ...tree, deadline: (state) => early(tree.deadline(state)) };
    },
  },
  {
    name: "swallows what trees inside say",
    defect: "Who is up inside a tree inside is not told.",
    law: "tree-nesting-is-transparent",
    spoil: effects((all) =>
      all.filter((one) => one.type !== "up" || !("path" in one) || one.path.length === 1),
    ),
  },
  {
    name: "does not wait until they are ready",
    defect: "Children count as started when they are launched.",
    law: "tree-starts-in-order",
    spoil: (make) => {
      const hasty = eachChild(({ tree }) =>
        tree ? {} : { readiness: "immediate", readyTimeoutMs: undefined as never },
      );
      return (options) => {
        const tree = hasty(make)(options);
        return {
          ...tree,
          step(state, event, now) {
            const [after, all] = tree.step(state, event, now);
            return [
              after,
              event.type === "launched" ? all.filter(({ type }) => type !== "up") : all,
            ];
          },
        };
      };
    },
  },
];
