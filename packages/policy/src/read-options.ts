// Options are validated once, by the factory, and never clamped. The name in a message is the key
// that was read, so it cannot be the wrong one.

import { PolicyOptionsError } from "./errors.js";

/**
 * What a number may be.
 * @since 0.1.0
 */
export interface NumberRange {
  /** The smallest value allowed, included. Left out: 0. */
  readonly min?: number;
  /** The largest value allowed, included. Left out: 2^53-1 if whole, else the largest double. */
  readonly max?: number;
  /** What stands for an absent option. Left out: the option must be given. */
  readonly default?: number;
}

/**
 * Reads the options of one factory, one after the other; `end` rejects what nobody read.
 * @since 0.1.0
 */
export interface OptionsReader<Options> {
  /** The option as it is, for checks of one's own. */
  raw(key: keyof Options & string): unknown;
  /** A whole number, from 0 to 2^53-1 unless the range says otherwise. */
  whole(key: keyof Options & string, range?: NumberRange): number;
  /** A finite number, fractions allowed, from 0 to the largest double unless the range says otherwise. */
  finite(key: keyof Options & string, range?: NumberRange): number;
  /** One of a list of words; `fallback` stands for an absent option. */
  oneOf<Word extends string>(
    key: keyof Options & string,
    words: readonly Word[],
    fallback?: Word,
  ): Word;
  /** Throws if there is an option that none of the calls above has read: a misspelling. */
  end(): void;
}

/**
 * Starts reading the options of the factory called `owner`.
 *
 * Decides: whether each option is in its range, both ends included; nothing is clamped, and only
 * `undefined` stands for a missing option. `-0` is read as 0. Effect on state: none. Errors: every
 * call throws `PolicyOptionsError` naming the option, the allowed range and the value got; `end`
 * throws it for the first option that nobody read, also if its value is `undefined`.
 *
 * @since 0.1.0
 * @example
 * const read = readOptions("slidingWindow", { limit: 3 });
 * read.whole("limit", { min: 0 }); // => 3
 * read.end();
 */
export function readOptions<Options extends object>(
  owner: string,
  options: Options,
): OptionsReader<Options> {
  if (typeof options !== "object" || options === null) {
    throw new PolicyOptionsError(owner, "options", "an object", options);
  }
  const seen = new Set<string>();

  function take(key: string): unknown {
    seen.add(key);
    return (options as Record<string, unknown>)[key];
  }

  function number(key: string, range: NumberRange, whole: boolean): number {
    const value = take(key);
    if (value === undefined && range.default !== undefined) return range.default;
    const min = range.min ?? 0;
    const max = range.max ?? (whole ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE);
    const fits = whole ? Number.isSafeInteger(value) : Number.isFinite(value);
    if (!fits || (value as number) < min || (value as number) > max) {
      const allowed = `a ${whole ? "whole" : "finite"} number from ${min} to ${max}`;
      throw new PolicyOptionsError(owner, key, allowed, value);
    }
    return (value as number) + 0; // -0 becomes 0, which JSON can hold
  }

  return {
    raw: take,
    whole: (key, range = {}) => number(key, range, true),
    finite: (key, range = {}) => number(key, range, false),
    oneOf(key, words, fallback) {
      const value = take(key);
      if (value === undefined && fallback !== undefined) return fallback;
      const word = words.find((candidate) => candidate === value);
      if (word === undefined) {
        throw new PolicyOptionsError(owner, key, `one of ${words.join(", ")}`, value);
      }
      return word;
    },
    end() {
      for (const key of Object.keys(options)) {
        if (!seen.has(key)) {
          throw new PolicyOptionsError(
            owner,
            key,
            `left out (known: ${[...seen].join(", ")})`,
            take(key),
          );
        }
      }
    },
  };
}
