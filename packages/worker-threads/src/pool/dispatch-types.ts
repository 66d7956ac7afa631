// What happens to a pool, and what it leads to.

import type { Millis } from "@steadfast/policy";
import type { InLine } from "./line.js";

/** The rules of a pool. */
export interface DispatchRules {
  /** How many slots there are: from 1. */
  readonly slots: number;
  /** How many requests one thread has at a time: from 1. */
  readonly perThread: number;
  /** How many may wait: Infinity for any number. */
  readonly maxQueue: number;
  /** After how many requests a thread is replaced; null for never. */
  readonly uses: number | null;
  /** Above how many bytes of heap a thread is replaced; null for never. */
  readonly heapBytes: number | null;
  /** How long a thread may go on with what was withdrawn; Infinity for any time. */
  readonly abortGraceMs: Millis;
}

/** One request. `slot` and `generation`: the thread that it was given to. */
export interface Job extends InLine {
  readonly id: number;
  state: "new" | "waiting" | "given" | "withdrawn" | "settled";
  /** How often it may be sent again. */
  resends: number;
  slot: number;
  generation: number;
  /** Withdrawn: when its thread has to be done with it; null for any time. */
  until: Millis | null;
}

/** Why a thread is replaced: planned, or since it does not let go of what was withdrawn. */
export type ReplaceReason = "uses" | "heap" | "withdrawn";

/** What happens. Slots are numbered from 0. */
export type DispatchEvent<One extends Job> =
  | { readonly type: "run"; readonly job: One }
  /** Nobody wants its answer any more. */
  | { readonly type: "withdraw"; readonly job: One }
  /** It could not be sent. */
  | { readonly type: "unsent"; readonly job: One }
  /** A thread has answered, or is done with what was withdrawn. */
  | {
      readonly type: "answered";
      readonly slot: number;
      readonly generation: number;
      readonly id: number;
    }
  /** A thread can be asked. */
  | { readonly type: "up"; readonly slot: number; readonly generation: number }
  /** It cannot, for now: it is stopping, not ready, or not there. */
  | { readonly type: "down"; readonly slot: number }
  | { readonly type: "exited"; readonly slot: number; readonly generation: number }
  /** There will be no thread in this slot any more. */
  | { readonly type: "over"; readonly slot: number }
  | {
      readonly type: "measured";
      readonly slot: number;
      readonly generation: number;
      readonly bytes: number;
    }
  | { readonly type: "tick" }
  /** Nothing new is taken; what there is, is answered. */
  | { readonly type: "close" }
  /** Nothing is answered any more. */
  | { readonly type: "drop" };

/** What it leads to, in order. */
export type DispatchEffect<One extends Job> =
  | { readonly type: "give"; readonly job: One; readonly slot: number }
  | {
      readonly type: "refuse";
      readonly job: One;
      readonly why: "full" | "over";
    }
  /** The answer that came is its. */
  | { readonly type: "settle"; readonly job: One }
  | { readonly type: "withdrawn"; readonly job: One }
  /** Its thread is to hear that nobody wants the answer. */
  | { readonly type: "unask"; readonly job: One }
  /** Its thread ended first. */
  | { readonly type: "lost"; readonly job: One; readonly slot: number }
  | { readonly type: "resent"; readonly job: One }
  /** Nobody will answer it. */
  | { readonly type: "over"; readonly job: One }
  | Replace
  | { readonly type: "measure"; readonly slot: number; readonly generation: number }
  /** Nothing is open any more, and nothing will come. */
  | { readonly type: "drained" };

/** A thread is ordered to be replaced. */
export interface Replace {
  readonly type: "replace";
  readonly slot: number;
  readonly generation: number;
  readonly why: ReplaceReason;
}

/** A dispatcher: everything that happens goes in, in order, and what is to be done comes out. */
export interface Dispatcher<One extends Job> {
  step(event: DispatchEvent<One>, now: Millis): readonly DispatchEffect<One>[];
  /** When it wants a tick; null for never. */
  deadline(): Millis | null;
}
