// The parts that the schema is made of. What they allow is what the factories allow: the tests try both.

import type { Json } from "@steadfast/policy";

/** A JSON schema. */
export interface Schema {
  readonly [keyword: string]: Json;
}

export const MAX = Number.MAX_SAFE_INTEGER;

export const definition = (name: string): Schema => ({ $ref: `#/definitions/${name}` });

/** A whole number, both ends included. */
export const whole = (minimum = 0, maximum = MAX): Schema => ({
  type: "integer",
  minimum,
  maximum,
});

/** A finite number, both ends included; null for no upper end. */
export const finite = (minimum = 0, maximum: number | null = MAX): Schema => ({
  type: "number",
  minimum,
  ...(maximum !== null && { maximum }),
});

/** Milliseconds as a number, or as a duration. */
export const duration = (milliseconds: Schema, text = "duration"): Schema => ({
  anyOf: [milliseconds, definition(text)],
});

export const wholeMs = (minimum = 0, maximum = MAX): Schema =>
  duration(whole(minimum, maximum), minimum > 0 ? "durationAboveZero" : "duration");

export const finiteMs = (maximum = MAX): Schema => duration(finite(0, maximum));

export const flag: Schema = { type: "boolean" };

export const word = (...words: readonly string[]): Schema => ({ enum: words });

export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });

export const list = (items: Schema, minItems = 0): Schema => ({
  type: "array",
  items,
  ...(minItems > 0 && { minItems }),
});

/** An object with these properties and no others. */
export const object = (
  properties: { readonly [name: string]: Schema },
  required: readonly string[] = [],
): Schema => ({
  type: "object",
  properties,
  ...(required.length > 0 && { required }),
  additionalProperties: false,
});

/** Digits up to a number, zeros in front of them allowed, as the source of a regular expression. */
export function digitsUpTo(most: number): string {
  const digits = String(most);
  const alternatives = Array.from(digits).flatMap((digit, i) => {
    const rest = digits.length - i - 1;
    const lower = Number(digit) - 1;
    if (lower < Number(i === 0)) return [];
    return `${digits.slice(0, i)}[${Number(i === 0)}-${lower}]${rest > 0 ? `[0-9]{${rest}}` : ""}`;
  });
  return `0*(?:[0-9]{1,${digits.length - 1}}|${[...alternatives, digits].join("|")})`;
}
