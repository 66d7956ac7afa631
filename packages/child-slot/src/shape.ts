// Plain data from outside is read by its shape: one reader per field, and the first field that does
// not fit is named. Saved states and events are both read this way.

import {
  type Millis,
  PolicyStateError,
  readState,
  type StateReader,
  within,
} from "@steadfast/policy";

/** Reads one field. */
export type Field<Value> = (read: StateReader, key: string, now: Millis) => Value;

/** What an object must consist of. */
export type Shape<Part> = { readonly [Key in keyof Part]: Field<Part[Key]> };

/** Reads an object; what its shape does not name is left behind. */
export function readShape<Part>(shape: Shape<Part>, raw: unknown, now: Millis): Part {
  const read = readState(raw);
  const fields = Object.entries<Field<unknown>>(shape);
  return Object.fromEntries(fields.map(([key, field]) => [key, field(read, key, now)])) as Part;
}

export const whole: Field<number> = (read, key) => read.whole(key);

/** At most half of what a number counts exactly, so that counting on stays exact. */
export const count: Field<number> = (read, key) => read.whole(key, 0, 2 ** 52);

export const instant: Field<Millis> = (read, key, now) =>
  read.instant(key, now) ?? misfit(key, "a whole number", null);

export const text: Field<string> = (read, key) => {
  const value = read.raw(key);
  return typeof value === "string" && value.trim() !== ""
    ? value
    : misfit(key, "a text that is not blank", value);
};

export function oneOf<Word extends string | boolean>(...words: readonly Word[]): Field<Word> {
  return (read, key) => read.oneOf(key, words);
}

export function orNull<Value>(field: Field<Value>): Field<Value | null> {
  return (read, key, now) => (read.raw(key) === null ? null : field(read, key, now));
}

export function part<Part>(shape: Shape<Part>): Field<Part> {
  return (read, key, now) => within(key, () => readShape(shape, read.raw(key), now));
}

export function misfit(key: string, expected: string, got: unknown): never {
  throw new PolicyStateError(key, expected, typeof got === "object" ? "an object" : String(got));
}
