// The JSON schema of a stack, draft 7, which most editors know. `schema.json` of the package is written from it by the
// tests. Policies are those of `@steadfast/spec`, whose definitions are put in as they are.

import { STACK } from "./fields.js";
import type { Fields, Shape } from "./shape.js";

export type Schema = { readonly [keyword: string]: unknown };

/** `policies`: the schema of `@steadfast/spec`. */
export function stackSchema(policies: Schema): Schema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: "urn:steadfast:cli:stack:1",
    title: "A stack of Steadfast",
    description: "What `steadfast up` reads: steadfast.config.json, .yaml or .mjs.",
    ...recordSchema(STACK),
    definitions: policies.definitions,
  };
}

const definition = (name: string): Schema => ({ $ref: `#/definitions/${name}` });

function schemaOf(shape: Shape): Schema {
  switch (shape.is) {
    case "text":
      return { type: "string", ...(shape.pattern !== undefined && { pattern: shape.pattern }) };
    case "flag":
      return { type: "boolean" };
    case "whole":
      return { type: "integer", minimum: shape.min, maximum: shape.max };
    case "word":
      return { enum: shape.words };
    case "duration":
      return durationSchema(shape);
    case "policy":
      return definition("policy");
    case "list":
      return { type: "array", items: schemaOf(shape.of), minItems: shape.least ?? 0 };
    case "map":
      return {
        type: "object",
        propertyNames: { pattern: shape.keys },
        additionalProperties: schemaOf(shape.of),
        minProperties: shape.least ?? 0,
      };
    case "record":
      return recordSchema(shape.fields);
    case "either":
      return { anyOf: shape.shapes.map(schemaOf) };
  }
}

function durationSchema({ least, orNull }: Shape & { readonly is: "duration" }): Schema {
  const number = { type: "integer", minimum: least, maximum: Number.MAX_SAFE_INTEGER };
  const text = definition(least > 0 ? "durationAboveZero" : "duration");
  return { anyOf: [number, text, ...(orNull ? [{ type: "null" }] : [])] };
}

function recordSchema(fields: Fields): Schema {
  const entries = Object.entries(fields);
  return {
    type: "object",
    properties: Object.fromEntries(
      entries.map(([name, { shape, about }]) => [name, { description: about, ...schemaOf(shape) }]),
    ),
    required: entries.filter(([, { required }]) => required).map(([name]) => name),
    additionalProperties: false,
  };
}
