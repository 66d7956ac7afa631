// What reading options and reading saved states have in common: one field after the other is checked,
// and what does not pass is an error of the caller's making.

import { type Check, isObject, numberWithin, oneOfThese } from "./checks.js";
import type { NumberRange } from "./number-range.js";

/** Makes the error for a field; an empty key stands for the record itself. */
export type Refusal = (
  key: string,
  allowed: string,
  value: unknown,
  words?: readonly unknown[],
) => Error;

export interface FieldReader {
  raw(key: string): unknown;
  check<Value>(key: string, check: Check, fallback?: Value): Value;
  whole(key: string, range?: NumberRange): number;
  finite(key: string, range?: NumberRange): number;
  oneOf<Word>(key: string, words: readonly Word[], fallback?: Word): Word;
  checked<Value>(key: string, allowed: string, passes: Check[1], fallback?: Value): Value;
}

/** Reads the fields of one record; `onRead` hears each key. */
export function fieldReader(
  record: unknown,
  refusal: Refusal,
  onRead?: (key: string) => void,
): FieldReader {
  if (!isObject(record)) throw refusal("", "an object", record);

  function raw(key: string): unknown {
    onRead?.(key);
    return (record as Record<string, unknown>)[key];
  }

  function check<Value>(key: string, [allowed, passes, words]: Check, fallback?: Value): Value {
    const value = raw(key);
    if (value === undefined && fallback !== undefined) return fallback;
    if (passes(value)) return value as Value;
    throw refusal(key, allowed(), value, words);
  }

  const number =
    (kind: "whole" | "finite", most: number) =>
    (key: string, { min = 0, max = most, default: fallback }: NumberRange = {}): number =>
      check(key, numberWithin(kind, min, max), fallback) + 0; // -0, which JSON.parse makes, becomes 0

  return {
    raw,
    check,
    whole: number("whole", Number.MAX_SAFE_INTEGER),
    finite: number("finite", Number.MAX_VALUE),
    oneOf: (key, words, fallback) => check(key, oneOfThese(words), fallback),
    checked: (key, allowed, passes, fallback) => check(key, [() => allowed, passes], fallback),
  };
}
