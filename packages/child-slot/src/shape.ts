// Plain data from outside is read by its shape: one reader per field, and the first field that does
// not fit is named. Saved states and events are both read this way. A field of an event is also known at a
// glance, without a reader and without a text: events are many, and nearly all of them are right.

import { readState, type StateReader, within } from "@steadfast/policy";

/** Reads one field. `latest` is the latest instant, or generation, that there can be. */
export interface Field<Value> {
  (read: StateReader, key: string, latest: number): Value;
  /** True only for what can be read; without it nothing is known at a glance. */
  readonly is?: Glance;
}

type Glance = (value: unknown, latest: number) => boolean;

export const field = <Value>(is: Glance, read: Field<Value>): Field<Value> =>
  Object.assign(read, { is });

/** What an object must consist of. */
export type Shape<Part> = { readonly [Key in keyof Part]: Field<Part[Key]> };

/** Reads an object; what its shape does not name is left behind. */
export function readShape<Part>(shape: Shape<Part>, raw: unknown, latest: number): Part {
  const read = readState(raw);
  const result: Partial<Part> = {};
  for (const key in shape) {
    const value = shape[key](read, key, latest);
    if (value !== undefined) result[key] = value;
  }
  return result as Part;
}

/** Whether an object can be read, at a glance. */
export function fits(shape: Shape<object>, raw: unknown, latest: number): boolean {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return false;
  for (const key in shape) {
    const { is } = (shape as Record<string, Field<unknown>>)[key] as Field<unknown>;
    if (!is?.((raw as Record<string, unknown>)[key], latest)) return false;
  }
  return true;
}

/** A field that may be missing. */
export const optional =
  <Value>(of: Field<Value>): Field<Value | undefined> =>
  (read, key, latest) =>
    read.raw(key) === undefined ? undefined : of(read, key, latest);

const isWhole = (value: unknown, max = Number.MAX_SAFE_INTEGER): boolean =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max;

export const whole = field<number>(
  (value) => isWhole(value),
  (read, key) => read.whole(key),
);

/** A generation: up to the latest. */
export const launched = field<number>(isWhole, (read, key, latest) => read.whole(key, 0, latest));

/** At most half of what a number counts exactly, so that counting on stays exact. */
export const count: Field<number> = (read, key) => read.whole(key, 0, 2 ** 52);

export const instant = field<number>(Number.isSafeInteger, (read, key, latest) =>
  Math.min(read.whole(key, Number.MIN_SAFE_INTEGER), latest),
);

export const TEXT = "a text, not blank";

export const isText = (value: unknown): value is string =>
  typeof value === "string" && value.trim() !== "";

export const text = field<string>(isText, (read, key) => read.checked(key, TEXT, isText));

export const oneOf = <Word extends string | boolean | null>(...words: readonly Word[]) =>
  field<Word>(
    (value) => words.includes(value as Word),
    (read, key) => read.oneOf(key, words),
  );

export const orNull = <Value>(of: Field<Value>) =>
  field<Value | null>(
    (value, latest) => value === null || of.is?.(value, latest) === true,
    (read, key, latest) => (read.raw(key) === null ? null : of(read, key, latest)),
  );

export const part = <Part>(shape: Shape<Part>) =>
  field<Part>(
    (value, latest) => fits(shape, value, latest),
    (read, key, latest) => within(key, () => readShape(shape, read.raw(key), latest)),
  );
