// Reading back a saved state. A state may come from another process, another version, another set of
// options, or a hostile hand: every field is checked, and the error says which one is wrong.

import type { Check } from "./checks.js";
import { isPolicyStateError, join, PolicyStateError } from "./errors.js";
import { fieldReader } from "./field-reader.js";
import type { Millis } from "./policy.js";
import { show } from "./show.js";

const INSTANT: Check = [
  () => "a whole number or null",
  (value) => value === null || Number.isSafeInteger(value),
];

/**
 * Reads the fields of one saved object.
 * @since 0.1.0
 */
export interface StateReader {
  /** The field as it is. */
  raw(key: string): unknown;
  /** A whole number within `min` (default 0) and `max` (default 2^53-1), both included. */
  whole(key: string, min?: number, max?: number): number;
  /** An instant: a whole number that is pulled back to `now` if it is later; `null` stays null. */
  instant(key: string, now: Millis): Millis | null;
  /** A finite number, at least 0. */
  finite(key: string): number;
  /** One of a list of words, or null where the list has it. */
  oneOf<Word extends string | boolean | null>(key: string, words: readonly Word[]): Word;
  /** What passes a check of one's own, which `expected` describes. */
  checked<Value>(key: string, expected: string, passes: (value: unknown) => boolean): Value;
}

/**
 * Starts reading a saved object.
 *
 * Decides: whether each field is what a policy could have written, ends of ranges included. Fields
 * that nobody reads are passed over. `-0`, which `JSON.parse` can make, is read as 0. Effect on
 * state: none. Errors: `PolicyStateError` with the path of the field; with an empty path if `raw` is
 * not an object.
 *
 * @since 0.1.0
 * @example
 * const read = readState(JSON.parse('{ "exitedAt": 900 }'));
 * read.instant("exitedAt", 500); // => 500
 */
export function readState(raw: unknown): StateReader {
  const read = fieldReader(
    raw,
    (key, expected, value) => new PolicyStateError(key, expected, show(value)),
  );
  return {
    ...read,
    whole: (key, min, max) => read.whole(key, { min, max }),
    instant(key, now) {
      const value = read.check<number | null>(key, INSTANT);
      return value === null ? null : Math.min(value, now) + 0;
    },
  };
}

/**
 * Runs `parse` for a part of a state and puts `place` in front of the path of its error.
 *
 * Decides nothing, keeps nothing. Errors: the `PolicyStateError` of the part, its path made longer;
 * any other error as it is.
 *
 * @since 0.1.0
 * @example
 * const raw = [{ last: null }];
 * within("[0]", () => restartOn("transient").parse(raw[0], 0)); // => { last: null }
 * // an error for { last: 5 } has the path "[0].last"
 */
export function within<Part>(place: string, parse: () => Part): Part {
  try {
    return parse();
  } catch (error) {
    if (!isPolicyStateError(error)) throw error;
    throw new PolicyStateError(join(place, error.path), error.expected, error.got);
  }
}
