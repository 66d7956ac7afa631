// What a tree remembers: plain JSON, in pages, so that a step copies only the way to what it changes.

import type { ExitRecord, Millis } from "@steadfast/policy";
import type { PostState } from "../draft.js";
import type { TreeOutcome } from "./effects.js";
import type { TreeOrder } from "./events.js";

/**
 * The state of a tree.
 * @since 0.1.0
 */
export interface TreeState {
  /** The children, by the order in which they were added. */
  readonly pages: Page<TreeChild> | null;
  /** Where a child of a name stands in `pages`. */
  readonly ids: IdNode | null;
  /** Children of the list that were removed: 1 for one that exited as completed last, else 0. */
  readonly gone: IdNode | null;
  /** The ordinal that the next child gets. */
  readonly next: number;
  /** What the shared budget remembers; null where there is none. */
  readonly budget: unknown;
  /** What is being stopped and started; null for nothing. */
  readonly plan: Plan | null;
  /** What waits until nobody is stopped or started; oldest first. */
  readonly later: Queue<Later> | null;
  /** The rolling restarts that go on, oldest first. */
  readonly rolls: readonly Roll[];
  /** How it will end, or has ended; null while it goes on. */
  readonly end: TreeOutcome | null;
  /** Whether it is over: nothing happens any more. */
  readonly over: boolean;
  /** Whether every child of the list was started once. */
  readonly up: boolean;
  /** Whether a plan was given up while it had still somebody to start. */
  readonly unstarted: boolean;
}

/**
 * One child of a tree.
 * @since 0.1.0
 */
export interface TreeChild extends PostState {
  /** Its name. */
  readonly id: string;
  /** The name of its kind. */
  readonly kind: string;
  /** The state of the tree that it is; null where it is none, or not there. */
  readonly inner: TreeState | null;
  /** Whether it has ended and is not wanted any more. */
  readonly done: boolean;
  /** Whether it has exited as completed since a plan started it last. */
  readonly completed: boolean;
  /** Whether its wait is the plan's. */
  readonly held: boolean;
  /** An exit that waits in `later`; null for none. */
  readonly late: LateExit | null;
}

/**
 * An exit that was reported and that the policy does not know yet.
 * @since 0.1.0
 */
export interface LateExit {
  /** How it ended. */
  readonly exit: ExitRecord;
  /** The verdict of `isFailure`. */
  readonly failed: boolean;
  /** From the launch to the exit. */
  readonly uptimeMs: Millis;
  /** Whether it ended well before it was up: it had nothing to do. */
  readonly idle: boolean;
  /** Whether it is a start by a plan that failed: an order finds it restarting, not running. */
  readonly unstarted: boolean;
}

/**
 * What is being stopped and started. Children stand in it by ordinal, in ascending order.
 * @since 0.1.0
 */
export interface Plan {
  /** Who is to be down: from the last to the first. */
  readonly stop: readonly number[];
  /** How many of `stop` are left, from the beginning. */
  readonly stopping: number;
  /** Who is to be started, from the first to the last. */
  readonly start: readonly number[];
  /** How many of `start` were begun. */
  readonly begun: number;
  /** Who was begun and is not up yet. */
  readonly starting: readonly number[];
  /** Whose wait has to be over before anybody is started. */
  readonly waits: readonly number[];
  /** When the last of those waits is over; null while one of them is a "not yet", or if there are none. */
  readonly gateAt: Millis | null;
  /** Since when nobody has to wait any more; null before that. */
  readonly openAt: Millis | null;
  /** When the first who waits for others has waited too long; null for never. */
  readonly lateAt: Millis | null;
  /** Whether the tree is up at its end. */
  readonly boot: boolean;
  /** The orders that it carries out. */
  readonly ops: readonly PlanOrder[];
}

/**
 * The order that a plan carries out.
 * @since 0.1.0
 */
export interface PlanOrder {
  /** What was ordered. */
  readonly type: "start-child" | "terminate-child" | "restart-child";
  /** The child's ordinal. */
  readonly ordinal: number;
  /** The number for the answer. */
  readonly ref: number;
}

/**
 * What waits until nobody is stopped or started: an exit, or an order about children.
 * @since 0.1.0
 */
export type Later =
  | {
      /** Whose exit it is. */
      readonly ordinal: number;
      /** The generation that has ended. */
      readonly generation: number;
    }
  | {
      /** The order, as it came. */
      readonly order: ChildOrder;
    };

/**
 * An order about one child that waits for the end of a plan.
 * @since 0.1.0
 */
export type ChildOrder = Exclude<TreeOrder, { readonly type: "roll" }>;

/**
 * A rolling restart.
 * @since 0.1.0
 */
export interface Roll {
  /** What is restarted: a name in the list, or one child. */
  readonly id: string;
  /** The number for the answer. */
  readonly ref: number;
  /** How many may be down at a time. */
  readonly maxUnavailable: number;
  /** Who is still to be renewed: ordinal and the generation that is to go. */
  readonly left: readonly (readonly [ordinal: number, generation: number])[];
}

/**
 * A page of 32 places, each a part of it; the places behind the last part are left out.
 * @since 0.1.0
 */
export interface Page<Item> extends PageFacts {
  /** 0: its parts are items. Else they are pages of one height less. */
  readonly height: number;
  /** How many items there are below it. */
  readonly count: number;
  /** Its parts; null for an empty place. */
  readonly of: readonly (Page<Item> | PageItem<Item> | null)[];
}

/**
 * One item in its place.
 * @since 0.1.0
 */
export interface PageItem<Item> extends PageFacts {
  /** What stands there. */
  readonly item: Item;
}

/**
 * What is known of everything below a place, so that only what matters is entered.
 * @since 0.1.0
 */
export interface PageFacts {
  /** The earliest deadline; null for none. */
  readonly at: Millis | null;
  /** How many wait for a "not yet" of their own. */
  readonly asks: number;
}

/**
 * A queue in pages of 32: what was put in first is taken first.
 * @since 0.1.0
 */
export interface Queue<Item> {
  /** What is in it, by number. */
  readonly pages: Page<Item> | null;
  /** The number of the oldest. */
  readonly from: number;
  /** The number that the next gets. */
  readonly next: number;
}

/**
 * A part of the index of names: up to 8 entries, or 16 parts by the next 4 bits of the name's hash.
 * @since 0.1.0
 */
export type IdNode = IdLeaf | IdBranch;

/**
 * Names and where they stand.
 * @since 0.1.0
 */
export type IdLeaf = readonly (readonly [id: string, ordinal: number])[];

/**
 * 16 parts of the index.
 * @since 0.1.0
 */
export interface IdBranch {
  /** The parts; null for an empty one. */
  readonly of: readonly (IdNode | null)[];
}
