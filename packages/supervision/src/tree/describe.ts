import type { Json } from "@steadfast/policy";
import { describeSupervision } from "../describe.js";
import type { KindRules, TreeRules } from "./settings.js";

/** What a tree is, as plain JSON: its options in force, without its functions. */
export function describeTree(rules: TreeRules): Json {
  const { strategy, autoShutdown, startFailure, isOneByOne, budget, kinds, listed } = rules;
  return {
    kind: "supervisionTree",
    options: {
      strategy,
      autoShutdown,
      startFailure,
      restarts: isOneByOne ? "one-by-one" : "side-by-side",
    },
    budget: (budget?.describe ?? null) as unknown as Json,
    children: [...listed].map(([id, kind]) => ({ id, kind })),
    kinds: Object.fromEntries([...kinds].map(([name, kind]) => [name, describeKind(kind)])),
  };
}

/** The budget is the tree's, so it does not stand here again. */
function describeKind({ rules, restart, significant, tree }: KindRules): Json {
  const { shared: _, ...supervision } = describeSupervision(rules) as Record<string, Json>;
  return { restart, significant, supervision, tree: tree?.describe ?? null };
}
