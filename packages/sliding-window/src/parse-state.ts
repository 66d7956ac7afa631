// Reads a saved state. The nesting is not trusted: the stamps are read in order and added anew, so
// that whatever comes out is well-formed. Stamps later than now become now.

import { type Millis, PolicyStateError, readState } from "@steadfast/policy";
import { add, drop, FRESH, type SlidingWindowState } from "./stamps.js";

/** Rows of 2^28 stamps a block would be nested this deep. */
const DEEPEST = 8;

export function parseState(raw: unknown, now: Millis): SlidingWindowState {
  const read = readState(raw);
  let state = FRESH;
  let newest = Number.MIN_SAFE_INTEGER;

  function readStamp(value: unknown, path: string): void {
    if (!Number.isSafeInteger(value) || (value as number) < newest) {
      const got = typeof value === "number" ? `${value}` : typeof value;
      throw new PolicyStateError(path, `a whole number of at least ${newest}`, got);
    }
    newest = value as number;
    state = add(state, Math.min(newest, now));
  }

  function readList(values: unknown, path: string, depth: number): void {
    if (!Array.isArray(values)) throw new PolicyStateError(path, "an array", typeof values);
    values.forEach((value: unknown, i) => {
      const place = `${path}[${i}]`;
      if (depth > 0 && typeof value === "object") readList(value, place, depth - 1);
      else readStamp(value, place);
    });
  }

  readList(read.raw("cold"), "cold", DEEPEST);
  readList(read.raw("tail"), "tail", 0);
  const skip = read.whole("skip", 0, Math.min(state.count, 15));
  const count = state.count - skip;
  read.whole("count", count, count);
  return drop(state, skip);
}
