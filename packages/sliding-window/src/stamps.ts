// The instants at which slots were taken, oldest first, as plain JSON that states share.
//
// - A state is a short list of single stamps and of blocks of 8, 64, 512 ... stamps. Where the newest 8
//   parts are of one size they become a block, which is never copied nor changed again.
// - Stamps go from the front: a part that is wholly gone is taken off, and one that is partly gone gives
//   way to its 8 parts. Nothing walks the stamps, and nothing keeps those that are gone.
// - So, seen from either end, the sizes rise, with few parts of each. The list is all that a step
//   copies, and it is some 30 parts long where 100 000 stamps are held, 50 at the most.

import type { Millis } from "@steadfast/policy";

/**
 * A stamp, or a block: 8 parts of one size, shared between states and never changed.
 * @since 0.1.0
 */
export type Part = Millis | readonly Part[];

/**
 * What a `slidingWindow` remembers. Plain JSON, and independent of the options.
 * @since 0.1.0
 */
export interface SlidingWindowState {
  /** How many stamps are held. */
  readonly count: number;
  /** The stamps held, oldest first; many of them in blocks. */
  readonly stamps: readonly Part[];
}

const WIDTH = 8;

export const FRESH: SlidingWindowState = { count: 0, stamps: [] };

/** The oldest stamp (`at` 0) or the newest one (`at` -1) of a part; an empty list has none. */
export function endOf(part: Part, at: 0 | -1): Millis | undefined {
  return typeof part === "object" ? endOf(part.at(at) as Part, at) : part;
}

/** `now`, or the newest stamp where that is later: a clock that went back stands still. */
export function notBefore(state: SlidingWindowState, now: Millis): Millis {
  return Math.max(now, endOf(state.stamps, -1) ?? now);
}

/** Adds a part that is not older than the newest one. */
export function append(older: readonly Part[], newest: Part): readonly Part[] {
  const parts = [...older, newest];
  const block = parts.slice(-WIDTH);
  const full = block.length === WIDTH && block.every((part) => sizeOf(part) === sizeOf(newest));
  return full ? append(parts.slice(0, -WIDTH), block) : parts;
}

/**
 * Takes the oldest stamps off that are gone. Asked of a stamp and its rank (the newest has 1), `gone`
 * must say the same of every older stamp as soon as it says yes.
 */
export function release(
  state: SlidingWindowState,
  gone: (stamp: Millis, rank: number) => boolean,
): SlidingWindowState {
  let { count, stamps } = state;
  while (count > 0 && gone(endOf(stamps, 0) as Millis, count)) {
    const first = stamps[0] as Part;
    const rest = stamps.slice(1);
    const size = sizeOf(first);
    if (gone(endOf(first, -1) as Millis, count - size + 1)) {
      count -= size;
      stamps = rest;
    } else stamps = (first as readonly Part[]).concat(rest);
  }
  if (count === state.count) return state;
  return count > 0 ? { count, stamps } : FRESH;
}

function sizeOf(part: Part): number {
  return typeof part === "object" ? WIDTH * sizeOf(part[0] as Part) : 1;
}
