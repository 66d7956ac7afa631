// Reading back a saved state. A state may come from another process, another version, another set of
// options, or a hostile hand: every field is checked, and the error says which one is wrong.

import { isPolicyStateError, join, PolicyStateError } from "./errors.js";
import type { Millis } from "./policy.js";
import { show } from "./show.js";

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
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    throw new PolicyStateError("", "an object", show(raw));
  }
  const take = (key: string): unknown => (raw as Record<string, unknown>)[key];

  function check(key: string, ok: boolean, expected: string): void {
    if (!ok) throw new PolicyStateError(key, expected, show(take(key)));
  }

  return {
    raw: take,
    whole(key, min = 0, max = Number.MAX_SAFE_INTEGER) {
      const value = take(key) as number;
      check(
        key,
        Number.isSafeInteger(value) && value >= min && value <= max,
        `a whole number from ${min} to ${max}`,
      );
      return value + 0; // JSON.parse("-0") is -0
    },
    instant(key, now) {
      const value = take(key) as number | null;
      check(key, value === null || Number.isSafeInteger(value), "a whole number or null");
      return value === null ? null : Math.min(value, now) + 0;
    },
    finite(key) {
      const value = take(key) as number;
      check(key, Number.isFinite(value) && value >= 0, "a finite number of at least 0");
      return value + 0;
    },
    oneOf(key, words) {
      const value = take(key);
      check(
        key,
        (words as readonly unknown[]).includes(value),
        `one of ${words.map(String).join(", ")}`,
      );
      return value as (typeof words)[number];
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
