// What a table of options must have: a schema for each option, and for no other. An option that is new in a
// factory does not compile without one.

import type { Schema } from "./fragments.js";

/** All keys of a union, those that only some of it has included. */
type KeysOf<Options> = Options extends unknown ? keyof Options & string : never;

/** The options that may not be left out. */
type Required<Options> = Options extends unknown
  ? {
      [Option in keyof Options & string]-?: object extends Pick<Options, Option> ? never : Option;
    }[keyof Options & string]
  : never;

/** A schema for each option; null for one that is a function, which JSON cannot hold. */
export interface OptionsTable<Options> {
  readonly properties: { readonly [Option in KeysOf<Options>]: Schema | null };
  readonly required?: readonly Required<Options>[];
  /** What options forbid each other, in the words of a schema. */
  readonly rules?: Schema;
}

/** The options of a factory. */
export type OptionsOf<Factory> = Factory extends (options?: infer Options) => unknown
  ? NonNullable<Options>
  : never;

/** The schema of an object of options. */
export function optionsSchema(table: {
  readonly properties: { readonly [option: string]: Schema | null };
  readonly required?: readonly string[];
  readonly rules?: Schema;
}): Schema {
  const { properties, required = [], rules = {} } = table;
  const held = Object.entries(properties).filter(([, schema]) => schema !== null);
  return {
    type: "object",
    properties: Object.fromEntries(held) as { readonly [option: string]: Schema },
    ...(required.length > 0 && { required }),
    additionalProperties: false,
    ...rules,
  };
}
