// Reads a saved state. What is in a block is not trusted to be one: its stamps are read in order and put
// together again, so that what comes out is well-formed, and what was well-formed comes out as it was.
// Stamps later than now become now.

import { type Millis, PolicyStateError, readState } from "@steadfast/policy";
import { append, type Part, type SlidingWindowState } from "./stamps.js";

/** A block of 8^9 stamps would be nested this deep. */
const DEEPEST = 9;

export function parseState(raw: unknown, now: Millis): SlidingWindowState {
  const read = readState(raw);
  const parts = read.raw("stamps");
  if (!Array.isArray(parts)) throw new PolicyStateError("stamps", "an array", typeof parts);
  let newest = Number.MIN_SAFE_INTEGER;
  let count = 0;
  const stamps = parts.flatMap((part: unknown, i) => {
    const path = `stamps[${i}]`;
    let block: readonly Part[] = [];
    for (const stamp of [part].flat(DEEPEST)) {
      newest = readState({ [path]: stamp }).whole(path, newest);
      block = append(block, Math.min(newest, now));
      count++;
    }
    return block;
  });
  read.whole("count", count, count);
  return { count, stamps };
}
