// What a value may be: in words, for the message, and as a test. Options and saved states are checked
// by the same ones.

export type Check = readonly [allowed: string, passes: (value: unknown) => boolean];

/** A number of one kind, both ends included. */
export const numberWithin = (
  kind: "whole" | "finite",
  isOne: (value: unknown) => boolean,
  min: number,
  max: number,
): Check => [
  `a ${kind} number from ${min} to ${max}`,
  (value) => isOne(value) && (value as number) >= min && (value as number) <= max,
];

export const oneOfThese = (words: readonly unknown[]): Check => [
  `one of ${words.map(String).join(", ")}`,
  (value) => words.includes(value),
];
