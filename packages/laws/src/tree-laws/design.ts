// What a random tree is made of, as plain JSON, so that a failure can be kept; and the options that it comes to.

import { giveUp, type RestartPolicy, type RestartType } from "@steadfast/policy";
import type {
  ChildSpec,
  KindSpec,
  SupervisionTree,
  TreeOptions,
} from "@steadfast/supervision/tree";
import { backoff } from "../museum/reference/backoff.js";
import { window } from "../museum/reference/window.js";

/**
 * Makes a tree of given options, as `supervisionTree` does.
 * @since 0.1.0
 */
export type MakeTree = (options: TreeOptions) => SupervisionTree;

/** A policy: a limit in a window, final or not, or a delay. */
export type PolicyDesign =
  | {
      readonly type: "limit";
      readonly limit: number;
      readonly windowMs: number;
      readonly isFinal: boolean;
    }
  | { readonly type: "delay"; readonly ms: number; readonly jitter: "none" | "full" };

/** What a kind may be given besides its policy: all of it plain. */
type PlainKind = Omit<KindSpec, "policy" | "tree" | "isFailure" | "restart">;

export interface KindDesign extends PlainKind {
  readonly restart: RestartType;
  readonly policy: PolicyDesign | null;
  readonly tree: TreeDesign | null;
}

export interface ChildDesign
  extends KindDesign,
    Pick<ChildSpec, "id" | "after" | "startTimeoutMs" | "replicas" | "maxUnavailable"> {}

export interface TreeDesign {
  readonly strategy: "one-for-one" | "one-for-all" | "rest-for-one";
  readonly budget: PolicyDesign | null;
  readonly autoShutdown: "never" | "any-significant" | "all-significant";
  readonly startFailure: "end" | "restart";
  readonly children: readonly ChildDesign[];
  readonly kinds: { readonly [name: string]: KindDesign };
}

export function policyOf(design: PolicyDesign): RestartPolicy {
  if (design.type === "limit") {
    const { limit, windowMs, isFinal } = design;
    const policy = window({ limit, windowMs });
    return isFinal ? (giveUp(policy) as RestartPolicy) : policy;
  }
  const { ms, jitter } = design;
  return backoff({ initialMs: ms, factor: 1, capMs: ms, jitter });
}

/** The options that a design comes to; trees inside are made by the same function. */
export function optionsOf(design: TreeDesign, make: MakeTree): TreeOptions {
  const { budget, children, kinds, ...rules } = design;
  return {
    ...rules,
    ...(budget && { budget: policyOf(budget) }),
    children: children.map((child) => ({ id: child.id, ...kindOf(child, make) })),
    kinds: Object.fromEntries(
      Object.entries(kinds).map(([name, kind]) => [name, kindOf(kind, make)]),
    ),
  };
}

function kindOf({ policy, tree, ...plain }: KindDesign, make: MakeTree): KindSpec {
  return {
    ...plain,
    ...(policy && { policy: policyOf(policy) }),
    ...(tree && { tree: make(optionsOf(tree, make)) }),
  };
}

/** The names of the static children, replicas one by one. */
export function namesOf({ children }: Pick<TreeDesign, "children">): readonly string[] {
  return children.flatMap(({ id, replicas }) =>
    replicas === undefined ? [id] : Array.from({ length: replicas }, (_, i) => `${id}.${i + 1}`),
  );
}

/** The child of the list that a name stands for; undefined for one that was added. */
export function childOf(
  { children }: Pick<TreeDesign, "children">,
  name: string,
): ChildDesign | undefined {
  return children.find(
    ({ id, replicas }) =>
      id === name || (replicas !== undefined && name.slice(0, name.lastIndexOf(".")) === id),
  );
}

/** Whether starts are ordered by `after`. */
export const isGraph = ({ children }: Pick<TreeDesign, "children">): boolean =>
  children.some(({ after }) => after !== undefined);
