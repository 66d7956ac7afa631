// What is known of a tree and its children, from outside.

import { childOf, type KindDesign, type TreeDesign } from "./design.js";

/** An attempt, from its launch to its end. */
export interface Present {
  readonly generation: number;
  readonly cause: string;
  readonly row: number;
  /** Whether it is up, by its own effect. */
  isUp: boolean;
  /** What it was asked to end for; `killed` where it was not asked. */
  asked: string | null;
}

/** What is known of one child. */
export interface Seat {
  readonly path: readonly string[];
  readonly id: string;
  readonly house: House;
  present: Present | null;
  /** Until when the launch that was admitted waits; null for none. */
  delay: { readonly until: number; readonly row: number } | null;
  /** How the last attempt ended; null before that. */
  exit: { readonly ordered: boolean; readonly kind: string; readonly row: number } | null;
  /** The last order about it alone that ends it or keeps it down. */
  isEnded: boolean;
  isPaused: boolean;
  /** Somebody ordered that it is started. */
  isOrdered: boolean;
}

/** One tree, from its start to its end: the whole, or one inside it. */
export interface House {
  readonly path: readonly string[];
  /** What it is made of; null where that is not known. */
  readonly design: TreeDesign | null;
  /** Its children in order. */
  readonly ids: string[];
  readonly seats: Map<string, Seat>;
  /** The kinds of those that were added. */
  readonly kinds: Map<string, string>;
  /** The last row in which it launched somebody. */
  lastLaunch: number;
  /** The row in which it was over. */
  over: number | null;
  /** The first row in which it is known to end. */
  endsAt: number | null;
  isUp: boolean;
  /** Whether it ends because a restart was refused for good. */
  hasGivenUp: boolean;
}

/** What a child is made of; null where that is not known. */
export function kindIn(house: House, id: string): KindDesign | null {
  const { design, kinds } = house;
  if (!design) return null;
  const added = kinds.get(id);
  if (added === undefined) return childOf(design, id) ?? null;
  return design.kinds[added] ?? childOf(design, added) ?? null;
}

/** All who stand in a tree and are there now, in order. */
export function presentIn(house: House): readonly Seat[] {
  return house.ids.flatMap((id) => {
    const seat = house.seats.get(id);
    return seat?.present ? [seat] : [];
  });
}
