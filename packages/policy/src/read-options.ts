// Options are validated once, by the factory, and never clamped. The name in a message is the key
// that was read, so it cannot be the wrong one.

import { type Check, numberWithin, oneOfThese } from "./checks.js";
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

  function raw(key: string): unknown {
    seen.add(key);
    return (options as Record<string, unknown>)[key];
  }

  function checked<Value>(key: string, allowed: string, passes: Check[1], fallback?: Value): Value {
    const value = raw(key);
    if (value === undefined && fallback !== undefined) return fallback;
    if (passes(value)) return value as Value;
    throw new PolicyOptionsError(owner, key, allowed, value);
  }

  const number =
    (kind: "whole" | "finite", isOne: Check[1], most: number) =>
    (key: string, { min = 0, max = most, default: fallback }: NumberRange = {}): number =>
      checked(key, ...numberWithin(kind, isOne, min, max), fallback) + 0; // -0 becomes 0

  return {
    raw,
    whole: number("whole", Number.isSafeInteger, Number.MAX_SAFE_INTEGER),
    finite: number("finite", Number.isFinite, Number.MAX_VALUE),
    oneOf: (key, words, fallback) => checked(key, ...oneOfThese(words), fallback),
    checked,
    end() {
      const known = `left out (known: ${[...seen].join(", ")})`;
      for (const key of Object.keys(options)) {
        if (!seen.has(key)) checked(key, known, () => false);
      }
    },
  };
}
