// The instants at which slots were taken, oldest first, as plain JSON that states share.
//
// - The newest stamps, 16 at most, are the `tail`: the only stamps a step ever copies.
// - A full tail becomes a block of the cold part, which is never copied nor changed again. Where the
//   newest 16 blocks are of one size they become one block, so there are blocks of 16, 256, 4 096 ...
// - Dropping moves the cursor `skip`. At 16 it releases: dead blocks go whole, and the block in which
//   the cursor stands gives way to its 16 parts.
// - So, seen from either end, the sizes rise, and no size stands there more than 31 times: the cold part
//   is a short list whatever it holds, copied once in 16 steps. Who looks for a stamp goes past whole
//   blocks; nothing walks the stamps.

import type { Millis } from "@steadfast/policy";

/** A stamp, or 16 parts of one size. Shared between states and never changed. */
export type Part = Millis | readonly Part[];

/** What a `slidingWindow` remembers. Plain JSON, and independent of the options. */
export interface SlidingWindowState {
  /** How many stamps are held. */
  readonly count: number;
  /** How many of the oldest stamps below are dropped but not yet released, 0 to 15. */
  readonly skip: number;
  /** The older stamps, in blocks. */
  readonly cold: readonly Part[];
  /** The newest stamps, 16 at most. */
  readonly tail: readonly Millis[];
}

const WIDTH = 16;

export const FRESH: SlidingWindowState = { count: 0, skip: 0, cold: [], tail: [] };

/** `now`, or the newest stamp where that is later: a clock that went back stands still. */
export function notBefore({ tail }: SlidingWindowState, now: Millis): Millis {
  return Math.max(now, tail.at(-1) ?? now);
}

/** The stamp that has this many older ones. */
export function stampAt({ count, skip, cold, tail }: SlidingWindowState, index: number): Millis {
  return tail[tail.length - count + index] ?? (nth(cold, skip + index) as Millis);
}

/** How many of the stamps held are `span` old or older at `at`. */
export function countExpired(state: SlidingWindowState, at: Millis, span: number): number {
  const { skip, cold, tail } = state;
  return Math.max(0, countOld(cold, at, span) + countOld(tail, at, span) - skip);
}

/** Adds a stamp, which must not be older than the newest one. */
export function add(state: SlidingWindowState, stamp: Millis): SlidingWindowState {
  const { count, skip, cold, tail } = state;
  return tail.length < WIDTH
    ? { count: count + 1, skip, cold, tail: [...tail, stamp] }
    : { count: count + 1, skip, cold: append(cold, tail), tail: [stamp] };
}

/** Drops this many of the oldest stamps. */
export function drop(state: SlidingWindowState, dropped: number): SlidingWindowState {
  if (dropped <= 0) return state;
  const { tail } = state;
  const count = state.count - dropped;
  if (count <= 0) return FRESH;
  const dead = state.skip + dropped;
  const [cold, skip] = dead < WIDTH ? [state.cold, dead] : release(state.cold, dead);
  return { count, skip, cold, tail };
}

function append(cold: readonly Part[], block: Part): readonly Part[] {
  const parts = [...cold, block];
  const newest = parts.slice(-WIDTH);
  const full = newest.length === WIDTH && newest.every((part) => sizeOf(part) === sizeOf(block));
  return full ? append(parts.slice(0, -WIDTH), newest) : parts;
}

function release(cold: readonly Part[], dead: number): readonly [readonly Part[], number] {
  const parts = [...cold];
  let skip = dead;
  while (skip >= WIDTH) {
    const block = parts.shift() as readonly Part[];
    if (skip < sizeOf(block)) parts.unshift(...block);
    else skip -= sizeOf(block);
  }
  return [parts, skip];
}

function nth(parts: readonly Part[], index: number): Millis | undefined {
  let left = index;
  for (const part of parts) {
    if (left < sizeOf(part)) return typeof part === "number" ? part : nth(part, left);
    left -= sizeOf(part);
  }
  return undefined;
}

function countOld(parts: readonly Part[], at: Millis, span: number): number {
  let old = 0;
  for (const part of parts) {
    const isStamp = typeof part === "number";
    if (at - (isStamp ? part : newestOf(part)) < span) {
      return isStamp ? old : old + countOld(part, at, span);
    }
    old += isStamp ? 1 : sizeOf(part);
  }
  return old;
}

function sizeOf(part: Part): number {
  return typeof part === "number" ? 1 : WIDTH * sizeOf(part[0] as Part);
}

function newestOf(part: Part): Millis {
  return typeof part === "number" ? part : newestOf(part[WIDTH - 1] as Part);
}
