// How faulty trees are made: the healthy one of spoiled options, or with something put around its steps.

import {
  type SupervisionTree,
  supervisionTree,
  type TreeEffect,
  type TreeEvent,
  type TreeOptions,
} from "@steadfast/supervision/tree";
import type { MakeTree } from "../../tree-laws/design.js";
import { type ExhibitOf, exhibit, type Sign } from "../exhibit.js";

type Child = NonNullable<TreeOptions["children"]>[number];
type Step = SupervisionTree["step"];

/** A tree that is made by a spoiled maker of trees. */
export const treeFault = (sign: Sign, spoil: (make: MakeTree) => MakeTree): ExhibitOf<"tree"> =>
  exhibit("tree", sign, spoil(supervisionTree));

/** Made of other options than those that were given. */
export const spoiled =
  (spoil: (options: TreeOptions) => TreeOptions) =>
  (make: MakeTree): MakeTree =>
  (options) =>
    make(spoil(options));

/** With something changed in each child. */
export const eachChild = (change: (child: Child, all: readonly Child[]) => Partial<Child>) =>
  spoiled(({ children = [], ...options }) => ({
    ...options,
    children: children.map((child) => ({ ...child, ...change(child, children) })),
  }));

/** With another step. */
export const stepping =
  (step: (tree: SupervisionTree, ...given: Parameters<Step>) => ReturnType<Step>) =>
  (make: MakeTree): MakeTree =>
  (options) => {
    const tree = make(options);
    return { ...tree, step: (state, event, now) => step(tree, state, event, now) };
  };

/** With other effects than those that were decided. */
export const saying = (
  change: (all: readonly TreeEffect[], event: TreeEvent) => readonly TreeEffect[],
) =>
  stepping((tree, state, event, now) => {
    const [after, all] = tree.step(state, event, now);
    return [after, change(all, event)];
  });

/** With effects of these types twice. */
export const twice = (type: TreeEffect["type"]) =>
  saying((all) => all.flatMap((one) => (one.type === type ? [one, one] : [one])));

/** Without effects of these types. */
export const without = (...types: readonly TreeEffect["type"][]) =>
  saying((all) => all.filter(({ type }) => !types.includes(type)));

/** Due at another time. */
export const dueAt =
  (change: (due: number | null) => number | null) =>
  (make: MakeTree): MakeTree =>
  (options) => {
    const tree = make(options);
    return { ...tree, deadline: (state) => change(tree.deadline(state)) };
  };

/** Whether an event is about the tree itself. */
export const isOwn = ({ path = [] }: TreeEvent): boolean => path.length === 0;
