// What an exhibit is: a faulty thing of some family, with where the fault was seen.

import type { ChildSlot, ChildSlotOptions } from "@steadfast/child-slot";
import type {
  AnyExit,
  KeyedDecision,
  KeyedEvent,
  KeyedOptions,
  Millis,
  Policy,
  RestartPolicy,
} from "@steadfast/policy";
import type { Launcher } from "@steadfast/supervisor";
import type { VirtualRuntime } from "../launcher-laws/runtime-record.js";
import type { MakeTree } from "../tree-laws/design.js";
import type { BackoffOptions } from "./reference/backoff.js";
import type { BudgetOptions } from "./reference/budget.js";
import type { WindowOptions } from "./reference/window.js";

/**
 * What is exhibited, and how one of each family is made: the healthy one and its faulty siblings alike.
 * @since 0.1.0
 */
export interface Families {
  /** At most `limit` admissions in any `windowMs`. */
  readonly window: (options?: WindowOptions) => RestartPolicy;
  /** Restarts wait, longer with each failure. */
  readonly backoff: (options?: BackoffOptions) => RestartPolicy;
  /** So many retries in a window that the first failure opens. */
  readonly budget: (options?: BudgetOptions) => RestartPolicy;
  /** Composes as `allOf` of `@steadfast/policy` does. */
  readonly allOf: (...members: readonly RestartPolicy[]) => RestartPolicy;
  /** Composes as `inTurn` of `@steadfast/policy` does. */
  readonly inTurn: (first: RestartPolicy, second: RestartPolicy) => RestartPolicy;
  /** Composes as `giveUp` of `@steadfast/policy` does. */
  readonly giveUp: (policy: RestartPolicy) => RestartPolicy;
  /** Composes as `waitOut` of `@steadfast/policy` does. */
  readonly waitOut: (policy: RestartPolicy) => RestartPolicy;
  /** Composes as `coarse` of `@steadfast/policy` does. */
  readonly coarse: (policy: RestartPolicy, unitMs: Millis) => RestartPolicy;
  /** Composes as `when` of `@steadfast/policy` does. */
  readonly when: (predicate: (exit: AnyExit) => boolean, policy: RestartPolicy) => RestartPolicy;
  /** Composes as `keyed` of `@steadfast/policy` does. */
  readonly keyed: (
    policy: RestartPolicy,
    options: KeyedOptions,
  ) => Policy<unknown, KeyedEvent, KeyedDecision>;
  /** The slot of one child, made as `childSlot` of `@steadfast/child-slot` makes it. */
  readonly slot: (options: ChildSlotOptions) => ChildSlot;
  /** An adapter over a virtual runtime, as `virtualLauncher`. */
  readonly launcher: (runtime: VirtualRuntime) => Launcher;
  /** A tree, made as `supervisionTree` of `@steadfast/supervision/tree` makes it. */
  readonly tree: MakeTree;
}

/**
 * The options of the families of policies.
 * @since 0.1.0
 */
export interface FamilyOptions {
  /** Of a window. */
  readonly window: WindowOptions;
  /** Of a backoff. */
  readonly backoff: BackoffOptions;
  /** Of a budget. */
  readonly budget: BudgetOptions;
}

/**
 * The name of a family.
 * @since 0.1.0
 */
export type Family = keyof Families;

/**
 * What kind of thing a family is, and so which check of the kit is for it.
 * @since 0.1.0
 */
export type ExhibitKind = "policy" | "combinator" | "slot" | "launcher" | "tree";

/** The kind of each family. */
export const KINDS = {
  window: "policy",
  backoff: "policy",
  budget: "policy",
  allOf: "combinator",
  inTurn: "combinator",
  giveUp: "combinator",
  waitOut: "combinator",
  coarse: "combinator",
  when: "combinator",
  keyed: "combinator",
  slot: "slot",
  launcher: "launcher",
  tree: "tree",
} as const satisfies { readonly [F in Family]: ExhibitKind };

/**
 * What stands on the sign beside an exhibit.
 * @since 0.1.0
 */
export interface Sign {
  /** A stable kebab-case name. */
  readonly name: string;
  /** What is wrong with it, in one sentence. */
  readonly defect: string;
  /** Where it was seen: a system or library with its version, or an issue. */
  readonly seenIn: string;
}

/**
 * One faulty thing of one family: the healthy one with exactly one defect.
 * @since 0.1.0
 */
export interface ExhibitOf<F extends Family> extends Sign {
  /** What kind of thing it is. */
  readonly kind: (typeof KINDS)[F];
  /** Which family it belongs to. */
  readonly family: F;
  /** Makes it, as its healthy sibling is made. */
  readonly make: Families[F];
  /** Of a policy: the options under which the defect shows. Default: those that it has by itself. */
  readonly options?: F extends keyof FamilyOptions ? FamilyOptions[F] : never;
}

/**
 * One faulty thing: a union by `family`, and so by `kind`.
 * @since 0.1.0
 */
export type Exhibit = { readonly [F in Family]: ExhibitOf<F> }[Family];

export function exhibit<F extends Family>(
  family: F,
  sign: Sign,
  make: Families[F],
  options?: ExhibitOf<F>["options"],
): ExhibitOf<F> {
  return { ...sign, kind: KINDS[family], family, make, ...(options && { options }) };
}
