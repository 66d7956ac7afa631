// Reading a saved tree back: every entry must stand where its key's hash leads, and only once, or it
// would never be found again.

import { PolicyStateError } from "./errors.js";
import { DEPTH, digit, hashOf, type KeyEntry, type KeyNode, LEAF_SIZE, WIDTH } from "./key-tree.js";
import { within } from "./read-state.js";
import { show } from "./show.js";

/** Reads the state of one key. */
export type ParseState = (raw: unknown) => unknown;

/** Checks a saved node at the place to which `digits` lead. */
export function parseNode(
  raw: unknown,
  parse: ParseState,
  digits: readonly number[] = [],
): KeyNode {
  if (!Array.isArray(raw)) throw new PolicyStateError("", "an array", show(raw));
  if (raw.length === WIDTH && digits.length < DEPTH && raw.some((child) => child !== null)) {
    return raw.map((child, i) =>
      child === null ? null : within(`[${i}]`, () => parseNode(child, parse, [...digits, i])),
    );
  }
  if (raw.length === 0 || raw.length > LEAF_SIZE) {
    throw new PolicyStateError("", "16 children or 1 to 8 keys", show(raw));
  }
  return raw.map((entry, i) =>
    within(`[${i}]`, () => parseEntry(entry, parse, digits, raw.slice(0, i))),
  );
}

function parseEntry(
  raw: unknown,
  parse: ParseState,
  digits: readonly number[],
  before: readonly KeyEntry[],
): KeyEntry {
  if (!Array.isArray(raw) || raw.length !== 3) {
    throw new PolicyStateError("", "a key, its turn and its state", show(raw));
  }
  const [key, turn, state] = raw;
  const fits =
    typeof key === "string" &&
    digits.every((at, depth) => digit(hashOf(key), depth) === at) &&
    before.every(([other]) => other !== key);
  if (!fits) throw new PolicyStateError("[0]", "a key that belongs here, once", show(key));
  if (!Number.isSafeInteger(turn) || turn < 0) {
    throw new PolicyStateError("[1]", "a whole number of at least 0", show(turn));
  }
  return [key, turn + 0, within("[2]", () => parse(state))];
}
