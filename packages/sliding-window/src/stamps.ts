// The instants at which slots were taken, oldest first, as plain JSON that states share.
//
// - The newest stamps, 16 at most, are the `tail`: the only stamps a step ever copies.
// - A full tail becomes a block of the cold part, which is never copied nor changed again.
// - `cold` is a list of rows. A row of level 1 holds up to 16 blocks of 16 stamps, one of level 2 up to
//   16 blocks of 16 such blocks, and so on: a full row is one block of the level above. Seen from
//   either end the levels rise, so there are about two rows a level, and no array is longer than 16.
// - Dropping moves the cursor `skip`. At 16 it releases: whole dead rows and blocks go, and the block
//   in which the cursor stands is opened. Nothing walks the stamps.

import type { Millis } from "@steadfast/policy";

/** 16 stamps, or 16 blocks of the level below. Shared between states and never changed. */
export type Block = readonly (Block | Millis)[];

/** What a `slidingWindow` remembers. Plain JSON, and independent of the options. */
export interface SlidingWindowState {
  /** How many stamps are held. */
  readonly count: number;
  /** How many of the oldest stamps below are dropped but not yet released, 0 to 15. */
  readonly skip: number;
  /** The older stamps: rows of up to 16 blocks. */
  readonly cold: readonly Block[];
  /** The newest stamps, 16 at most. */
  readonly tail: readonly Millis[];
}

const WIDTH = 16;
const BITS = 4;

export const FRESH: SlidingWindowState = { count: 0, skip: 0, cold: [], tail: [] };

/** The stamp that has this many older ones. */
export function stampAt({ skip, cold, tail }: SlidingWindowState, index: number): Millis {
  let at = skip + index;
  for (const row of cold) {
    let shift = shiftOf(row);
    if (at < row.length << shift) {
      let part: Block | Millis | undefined = row;
      for (; typeof part === "object"; shift -= BITS) part = part[(at >> shift) & (WIDTH - 1)];
      return part as Millis;
    }
    at -= row.length << shift;
  }
  return tail[at] as Millis;
}

/** `now`, or the newest stamp where that is later: a clock that went back stands still. */
export function notBefore({ tail }: SlidingWindowState, now: Millis): Millis {
  return Math.max(now, tail.at(-1) ?? now);
}

/** How many of the stamps held are `span` old or older at `at`. Gallops, then bisects. */
export function countExpired(state: SlidingWindowState, at: Millis, span: number): number {
  const expired = (index: number) => at - stampAt(state, index) >= span;
  let low = 0;
  let high = 0;
  while (high < state.count && expired(high)) {
    low = high + 1;
    high += low;
  }
  high = Math.min(high, state.count);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (expired(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds a stamp, which must not be older than the newest one. */
export function add(state: SlidingWindowState, stamp: Millis): SlidingWindowState {
  const { count, skip, cold, tail } = state;
  return tail.length < WIDTH
    ? { count: count + 1, skip, cold, tail: [...tail, stamp] }
    : { count: count + 1, skip, cold: append(cold, tail, BITS), tail: [stamp] };
}

/** Drops this many of the oldest stamps. */
export function drop(state: SlidingWindowState, dropped: number): SlidingWindowState {
  if (dropped <= 0) return state;
  const count = state.count - dropped;
  return count > 0 ? release({ ...state, count, skip: state.skip + dropped }) : FRESH;
}

function append(cold: readonly Block[], block: Block, shift: number): readonly Block[] {
  const last = cold.at(-1);
  if (!last || shiftOf(last) !== shift) return [...cold, [block]];
  const before = cold.slice(0, -1);
  return last.length < WIDTH
    ? [...before, [...last, block]]
    : [...append(before, last, shift + BITS), [block]];
}

function release(state: SlidingWindowState): SlidingWindowState {
  let { skip } = state;
  if (skip < WIDTH) return state;
  const cold = [...state.cold];
  while (skip >= WIDTH) {
    const row = cold.shift() as Block;
    const shift = shiftOf(row);
    const dead = Math.min(skip >> shift, row.length);
    skip -= dead << shift;
    const [first, ...rest] = row.slice(dead) as readonly Block[];
    if (!first) continue;
    if (skip < WIDTH) cold.unshift([first, ...rest]);
    else cold.unshift(first, ...(rest.length > 0 ? [rest] : []));
  }
  return { ...state, skip, cold };
}

/** A row of level k holds 2^(4k) stamps a block: this answers 4k. */
function shiftOf(row: Block): number {
  let shift = 0;
  for (let part = row[0]; typeof part === "object"; part = part[0]) shift += BITS;
  return shift;
}
