// What a value may be: in words, for the message, and as a test. Options, events and saved states are
// checked by the same ones. The words are built only when an error is made.

import { didYouMean, nearestName } from "./did-you-mean.js";

export type Check = readonly [
  allowed: () => string,
  passes: (value: unknown) => boolean,
  /** The words that pass, where it is one of a list. */
  words?: readonly unknown[],
];

const KINDS = { whole: Number.isSafeInteger, finite: Number.isFinite };

/** A number of one kind, both ends included. */
export const numberWithin = (kind: keyof typeof KINDS, min: number, max: number): Check => [
  () => `a ${kind} number from ${min} to ${max}`,
  (value) => KINDS[kind](value) && (value as number) >= min && (value as number) <= max,
];

export const oneOfThese = (words: readonly unknown[]): Check => [
  () => `one of ${words.map(String).join(", ")}`,
  (value) => words.includes(value),
  words,
];

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A property of anything, or undefined. Never throws. */
export function property(value: unknown, key: PropertyKey): unknown {
  try {
    return (value as Record<PropertyKey, unknown>)[key];
  } catch {
    return undefined; // nothing at all, or a Proxy that throws
  }
}

/** What may help with the value of a key; `others` are the keys that were given and not read. */
export function hintFor(
  key: string,
  value: unknown,
  others: readonly string[],
  words: readonly unknown[] = [],
): string {
  if (value !== undefined) return didYouMean(value, words);
  const near = nearestName(key, others);
  return near ? `${near} is given: did you mean ${key}?` : listed("given", others);
}

/** Names after a word, or nothing if there are none. */
export function listed(word: string, names: readonly string[]): string {
  return names.length > 0 ? `${word}: ${names.join(", ")}` : "";
}
