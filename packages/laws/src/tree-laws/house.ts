// What is known of a tree and its children, from outside.

import { childOf, type KindDesign, namesOf, type TreeDesign } from "./design.js";

/** An attempt, from its launch to its end. */
export interface Present {
  readonly generation: number;
  readonly cause: string;
  readonly row: number;
  /** Whether it was up once, by its own effect. */
  isUp: boolean;
  /** Whether it has said since that it is not ready. */
  isUnready: boolean;
  /** What it was asked to end for; `kill` where it was not asked. */
  asked: string | null;
}

/** A rolling restart that was ordered and is not answered. */
export interface OpenRoll {
  /** What is restarted: a name in the list, or one child. */
  readonly id: string;
  /** How many may be down at a time. */
  readonly max: number;
  /** Who stood there when it was ordered, with the generation that is to go. */
  readonly left: ReadonlyMap<Seat, number>;
}

/** What is known of one child. */
export interface Seat {
  readonly path: readonly string[];
  readonly id: string;
  readonly house: House;
  present: Present | null;
  /** Of its last attempt; -1 before the first. */
  generation: number;
  /** Whether it stands in the tree no more. */
  isRemoved: boolean;
  /** Whether it has ever exited as completed by itself. */
  hasCompleted: boolean;
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
  /** By the number of the order. */
  readonly rolls: Map<number, OpenRoll>;
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

/** A tree of which nothing has been heard yet. */
export const newHouse = (path: readonly string[], design: TreeDesign | null): House => ({
  path,
  design,
  ids: design ? [...namesOf(design)] : [],
  seats: new Map(),
  kinds: new Map(),
  rolls: new Map(),
  lastLaunch: -1,
  over: null,
  endsAt: null,
  isUp: false,
  hasGivenUp: false,
});

/** What a child is made of; null where that is not known. */
export function kindIn(house: House, id: string): KindDesign | null {
  const { design, kinds } = house;
  if (!design) return null;
  const added = kinds.get(id);
  if (added === undefined) return childOf(design, id) ?? null;
  return design.kinds[added] ?? childOf(design, added) ?? null;
}

/** The children that a name stands for: its replicas, or the one child. */
export function seatsOf({ design, seats }: House, id: string): readonly Seat[] {
  const spec = design?.children.find((child) => child.id === id);
  const names = spec ? namesOf({ children: [spec] }) : [id];
  return names.flatMap((name) => {
    const seat = seats.get(name);
    return seat && !seat.isRemoved ? [seat] : [];
  });
}

/** There, up, and not asked to end. */
export const isInService = ({ present }: Seat): boolean =>
  present?.asked === null && present.isUp && !present.isUnready;

/** All who stand in a tree and are there now, in order. */
export function presentIn(house: House): readonly Seat[] {
  return house.ids.flatMap((id) => {
    const seat = house.seats.get(id);
    return seat?.present ? [seat] : [];
  });
}
