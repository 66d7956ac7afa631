// What a part of a configuration may be, as data. The reader (check.ts) and the published schema (schema.ts) are both
// made of it, so that they cannot disagree.

export type Shape =
  | { readonly is: "text"; readonly pattern?: string; readonly what: string }
  | { readonly is: "flag" }
  | { readonly is: "whole"; readonly min: number; readonly max: number }
  /** Milliseconds, or a text such as `10s`; `least` is the smallest, 0 or 1. */
  | { readonly is: "duration"; readonly least: 0 | 1; readonly orNull?: true }
  | { readonly is: "word"; readonly words: readonly string[] }
  | { readonly is: "policy" }
  | { readonly is: "list"; readonly of: Shape; readonly least?: number }
  | {
      readonly is: "map";
      readonly of: Shape;
      readonly keys: string;
      readonly what: string;
      readonly least?: number;
    }
  | { readonly is: "record"; readonly fields: Fields }
  /** One of several, no two of which are of the same JSON type. */
  | { readonly is: "either"; readonly shapes: readonly Shape[] };

export type Fields = { readonly [name: string]: Field };

export interface Field {
  readonly shape: Shape;
  /** For people, in the schema and the README. */
  readonly about: string;
  readonly required?: true;
}

/** The JSON types that values of a shape have. */
export function typesOf(shape: Shape): readonly string[] {
  switch (shape.is) {
    case "text":
    case "word":
      return ["string"];
    case "flag":
      return ["boolean"];
    case "whole":
      return ["number"];
    case "duration":
      return shape.orNull ? ["number", "string", "null"] : ["number", "string"];
    case "policy":
      return ["string", "object"];
    case "list":
      return ["array"];
    case "map":
    case "record":
      return ["object"];
    case "either":
      return shape.shapes.flatMap(typesOf);
  }
}

/** The JSON type of a value. */
export function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** What a shape asks for, in words. */
export function wordsOf(shape: Shape): string {
  switch (shape.is) {
    case "text":
      return shape.what;
    case "flag":
      return "true or false";
    case "whole":
      return `a whole number from ${shape.min} to ${shape.max}`;
    case "duration":
      return `milliseconds${shape.least > 0 ? " above 0" : ""}, or a text such as "10s"${shape.orNull ? ", or null" : ""}`;
    case "word":
      return `one of ${shape.words.join(", ")}`;
    case "policy":
      return "a policy";
    case "list":
      return `a list${shape.least ? " that is not empty" : ""}`;
    case "map":
      return shape.what;
    case "record":
      return "an object";
    case "either":
      return shape.shapes.map(wordsOf).join(", or ");
  }
}
