// Reads a saved state. The nesting is not trusted: the stamps are read in order and added anew, so
// that whatever comes out is well-formed. Stamps later than now become now.

import { type Millis, PolicyStateError, readState } from "@steadfast/policy";
import { add, drop, FRESH, type SlidingWindowState } from "./stamps.js";

/** Blocks of 2^32 stamps would be nested this deep. */
const DEEPEST = 8;

export function parseState(raw: unknown, now: Millis): SlidingWindowState {
  const read = readState(raw);
  let state = FRESH;
  let newest = Number.MIN_SAFE_INTEGER;

  function readParts(parts: unknown, path: string, depth: number): void {
    if (!Array.isArray(parts)) throw new PolicyStateError(path, "an array", typeof parts);
    parts.forEach((part: unknown, i) => {
      const place = `${path}[${i}]`;
      if (depth > 0 && typeof part !== "number") readParts(part, place, depth - 1);
      else readStamp(part, place);
    });
  }

  function readStamp(stamp: unknown, path: string): void {
    newest = readState({ [path]: stamp }).whole(path, newest);
    state = add(state, Math.min(newest, now));
  }

  readParts(read.raw("cold"), "cold", DEEPEST);
  readParts(read.raw("tail"), "tail", 0);
  const skip = read.whole("skip", 0, Math.min(state.count, 15));
  const count = state.count - skip;
  read.whole("count", count, count);
  return drop(state, skip);
}
