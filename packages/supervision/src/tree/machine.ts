// What a tree is for its driver: a state machine whose decisions are effects.

import type { ChildSlot } from "@steadfast/child-slot";
import type { Json, Millis, RestartType } from "@steadfast/policy";
import type { PostState } from "../draft.js";
import type { PolicyView } from "../policy-view.js";
import type { TreeEffect } from "./effects.js";
import type { TreeEvent } from "./events.js";
import type { TreeState } from "./state.js";

/**
 * A tree of supervisions: a state machine whose decisions are effects.
 * @since 0.1.0
 */
export interface SupervisionTree<State = TreeState> {
  /** What it is, as plain JSON. */
  readonly describe: Json;
  /** The kinds of its children by name; a child of the list is a kind of its own name. */
  readonly kinds: Readonly<Record<string, TreeKind>>;
  /** The state before `begin`. */
  initial(): State;
  /** What happens to the state, and what is to be done, when `event` happens at `now`. */
  step(state: State, event: TreeEvent, now: Millis): readonly [State, readonly TreeEffect[]];
  /**
   * The instant at which a `tick` changes something next, or null if time changes nothing. A tick
   * before it changes nothing.
   */
  deadline(state: State): Millis | null;
  /**
   * Whether a child that is not there is paused: only an order brings it back. It looks at one child after the other, up to
   * the first of these.
   */
  isPaused(state: State): boolean;
  /**
   * Reads back a state. Instants later than `now` are pulled back. A child of an unknown kind is dropped,
   * and what the list has got since then is added.
   * @throws PolicyStateError that names the path of the first bad field.
   */
  parse(raw: unknown, now: Millis): State;
  /** What is remembered of the child at a path; null if there is none. It costs no more than a step. */
  child(state: State, path: readonly string[]): ChildView | null;
  /** What decides about the child at a path, and what it remembers; null if there is no such child. */
  policy(state: State, path: readonly string[]): PolicyView | null;
  /** The names of the children in order: of this tree, or of the tree at `path`. */
  children(state: State, path?: readonly string[]): readonly string[];
}

/**
 * What is remembered of one child of a tree.
 * @since 0.1.0
 */
export interface ChildView
  extends Pick<PostState, "slot" | "seat" | "wait" | "failures" | "abandoned"> {
  /** The name of its kind, in the tree that it stands in. */
  readonly kind: string;
  /** Whether it has ended and is not wanted any more. */
  readonly done: boolean;
}

/**
 * What a driver needs to know of a kind.
 * @since 0.1.0
 */
export interface TreeKind {
  /** The slot that its children stand on: for `toRecord`. */
  readonly slot: ChildSlot;
  /** Which exits are restarted. */
  readonly restart: RestartType;
  /** Whether the tree looks at it for its automatic shutdown. */
  readonly significant: boolean;
  /** The tree that a child of it is; null for a child that is launched. */
  readonly tree: SupervisionTree | null;
}
