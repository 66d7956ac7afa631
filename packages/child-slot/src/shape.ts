// Plain data from outside is read by its shape: one reader per field, and the first field that does
// not fit is named. Saved states and events are both read this way.

import { PolicyStateError, readState, type StateReader, within } from "@steadfast/policy";

/** Reads one field. `latest` is the latest instant, or generation, that there can be. */
export type Field<Value> = (read: StateReader, key: string, latest: number) => Value;

/** What an object must consist of. */
export type Shape<Part> = { readonly [Key in keyof Part]: Field<Part[Key]> };

/** Reads an object; what its shape does not name is left behind. */
export function readShape<Part>(shape: Shape<Part>, raw: unknown, latest: number): Part {
  const read = readState(raw);
  const fields = Object.entries<Field<unknown>>(shape);
  const parts = fields.map(([key, field]) => [key, field(read, key, latest)] as const);
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined)) as Part;
}

/** A field that may be missing. */
export const optional =
  <Value>(field: Field<Value>): Field<Value | undefined> =>
  (read, key, latest) =>
    read.raw(key) === undefined ? undefined : field(read, key, latest);

export const whole: Field<number> = (read, key) => read.whole(key);

/** At most half of what a number counts exactly, so that counting on stays exact. */
export const count: Field<number> = (read, key) => read.whole(key, 0, 2 ** 52);

export const instant: Field<number> = (read, key, latest) =>
  Math.min(read.whole(key, Number.MIN_SAFE_INTEGER), latest);

export const TEXT = "a text, not blank";

export const isText = (value: unknown): value is string =>
  typeof value === "string" && value.trim() !== "";

export const text: Field<string> = (read, key) => {
  const value = read.raw(key);
  if (isText(value)) return value;
  throw new PolicyStateError(key, TEXT, typeof value);
};

export const oneOf =
  <Word extends string | boolean | null>(...words: readonly Word[]): Field<Word> =>
  (read, key) =>
    read.oneOf(key, words);

export const orNull =
  <Value>(field: Field<Value>): Field<Value | null> =>
  (read, key, latest) =>
    read.raw(key) === null ? null : field(read, key, latest);

export const part =
  <Part>(shape: Shape<Part>): Field<Part> =>
  (read, key, latest) =>
    within(key, () => readShape(shape, read.raw(key), latest));
