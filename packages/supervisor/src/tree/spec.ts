// What a tree is made of, with those who start its children: the rules are those of `supervisionTree`.

import type { ChildSpec, KindSpec, TreeOptions } from "@steadfast/supervision/tree";
import type { Launcher } from "../launcher.js";
import type { SuperviseProbe } from "../options.js";

/**
 * A tree: its rules, its children, and who starts them.
 * @since 0.1.0
 */
export interface TreeSpec extends Omit<TreeOptions, "children" | "kinds" | "notes"> {
  /** What is started at the beginning, in this order. Default: nothing. */
  readonly children?: readonly TreeChildSpec[];
  /** What `startChild` can start, by name. Default: nothing. */
  readonly kinds?: Readonly<Record<string, TreeKindSpec>>;
}

/**
 * A child that is started at the beginning: one that is launched, or a tree of its own.
 * @since 0.1.0
 */
export type TreeChildSpec =
  | (Omit<ChildSpec, "tree" | "probe"> & Launched)
  | (Omit<ChildSpec, "tree" | "probe" | "standby" | "readiness"> & Nested);

/**
 * A kind of child, for `startChild`.
 * @since 0.1.0
 */
export type TreeKindSpec =
  | (Omit<KindSpec, "tree" | "probe"> & Launched)
  | (Omit<KindSpec, "tree" | "probe" | "standby" | "readiness"> & Nested);

/**
 * What a child that is launched needs besides its rules.
 * @since 0.1.0
 */
export interface Launched {
  /** Starts its attempts; a function makes one for each child of the kind, from its path. */
  readonly launcher: Launcher | ((id: string) => Launcher);
  /** Looks at the child from outside, by a function of yours. Default: nobody does. */
  readonly probe?: SuperviseProbe;
  /** What `reload()` sends to it. Default: `"reload"`. */
  readonly reloadMessage?: unknown;
  /** Takes what it sends besides its reports, with its path. Default: it is dropped. */
  readonly onMessage?: (message: unknown, id: string) => void;
  /** A child that is launched is no tree. */
  readonly tree?: undefined;
}

/**
 * What a child that is a tree needs besides its rules.
 * @since 0.1.0
 */
export interface Nested {
  /** The tree that it is. */
  readonly tree: TreeSpec;
  /** A tree is not launched. */
  readonly launcher?: undefined;
}
