// Options are validated once, by the factory, and never clamped. The name in a message is the key
// that was read, so it cannot be the wrong one.

import { hintFor, listed } from "./checks.js";
import { didYouMean } from "./did-you-mean.js";
import { LEFT_OUT, PolicyOptionsError } from "./errors.js";
import { fieldReader } from "./field-reader.js";
import type { NumberRange } from "./number-range.js";

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
  /** The option if it passes a check of one's own, which `allowed` describes; likewise. */
  checked<Value>(
    key: keyof Options & string,
    allowed: string,
    passes: (value: unknown) => boolean,
    fallback?: Value,
  ): Value;
  /** Throws if there is an option that none of the calls above has read: a misspelling. */
  end(): void;
}

/**
 * Starts reading the options of the factory called `owner`.
 *
 * Decides: whether each option is in its range, both ends included; nothing is clamped, and only
 * `undefined` stands for a missing option. `-0` is read as 0. Effect on state: none. Errors: every
 * call throws `PolicyOptionsError` naming the option, the allowed range and the value got, and for a
 * missing option the nearest name that was given instead; `end` throws it for the first option that
 * nobody read, also if its value is `undefined`, with the nearest name that was read.
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
  const seen: string[] = [];
  const unread = () => Object.keys(options).filter((key) => !seen.includes(key));
  const read = fieldReader(
    options,
    (key, allowed, value, words) => {
      const hint = key && hintFor(key, value, unread(), words);
      return new PolicyOptionsError(owner, key || "options", allowed, value, hint);
    },
    (key) => seen.push(key),
  );
  return {
    ...read,
    end() {
      for (const key of unread()) {
        const hint = didYouMean(key, seen) || listed("known", [...new Set(seen)]);
        throw new PolicyOptionsError(owner, key, LEFT_OUT, read.raw(key), hint);
      }
    },
  };
}
