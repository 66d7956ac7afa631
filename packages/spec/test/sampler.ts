// Documents that a schema accepts, drawn from the schema itself: every word, both ends of every range, any
// subset of what may be left out.

import type { Json } from "@steadfast/policy";
import { Ajv, type ValidateFunction } from "ajv";
import fc from "fast-check";
import { schema as whole } from "../src/schema/schema.js";

export type Schema = { readonly [keyword: string]: Json };

export interface Sampling {
  /** Whether durations may be text. */
  readonly texts: boolean;
}

const definitions = whole.definitions as { readonly [name: string]: Schema };
const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
const compiled = new Map<Schema, ValidateFunction>();

/** Whether a part of a document is what a part of the schema allows. */
export function accepts(schema: Schema, value: unknown): boolean {
  const validate = compiled.get(schema) ?? ajv.compile({ definitions, allOf: [schema] });
  compiled.set(schema, validate);
  return validate(value);
}

/** Whether an error says what no schema can say: that one number is at least a product of others. */
export function isBeyond(error: unknown): boolean {
  return /must be at least attempts times delayMs/.test((error as Error).message);
}

/** `ones`, without those that only such an error keeps from being `made`. */
export function within<One>(ones: fc.Arbitrary<One>, made: (one: One) => unknown) {
  return ones.filter((one) => {
    try {
      made(one);
      return true;
    } catch (error) {
      return !isBeyond(error);
    }
  });
}

/** What may be nested, and how to get on without. */
const LEAVES: readonly string[] = [
  "backoff",
  "crashBudget",
  "decayingBudget",
  "pausingWindow",
  "slidingWindow",
];

const named = (ref: Json | undefined) =>
  typeof ref === "string" ? ref.slice("#/definitions/".length) : "";

/** Anything that `schema` allows, policies nested up to `depth` levels. */
export function sample(schema: Schema, depth: number, how: Sampling): fc.Arbitrary<Json> {
  const { $ref, anyOf, allOf, properties, enum: words, const: only, type, pattern } = schema;
  if ($ref !== undefined) return sampleNamed(named($ref), depth, how);
  if (only !== undefined) return fc.constant(only);
  if (Array.isArray(words)) return fc.constantFrom(...words);
  if (properties !== undefined) {
    const drawn = sampleObject(schema, depth, how);
    return anyOf || allOf ? drawn.filter((value) => accepts(schema, value)) : drawn;
  }
  if (Array.isArray(anyOf)) return sampleAny(anyOf as readonly Schema[], depth, how);
  if (Array.isArray(allOf)) {
    return sample(allOf[0] as Schema, depth, how).filter((value) => accepts(schema, value));
  }
  switch (type) {
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "integer":
      return wholeNumbers(schema);
    case "number":
      return numbers(schema);
    case "array":
      return fc.array(sample(schema.items as Schema, depth, how), {
        minLength: Number(schema.minItems ?? 0),
        maxLength: Number(schema.maxItems ?? 3),
      });
    default:
      return typeof pattern === "string" ? fc.stringMatching(new RegExp(pattern)) : fc.string();
  }
}

const known = new Map<string, fc.Arbitrary<Json>>();

function sampleNamed(name: string, depth: number, how: Sampling): fc.Arbitrary<Json> {
  const key = `${name} ${depth} ${how.texts}`;
  const sampled = known.get(key) ?? makeNamed(name, depth, how);
  known.set(key, sampled);
  return sampled;
}

function makeNamed(name: string, depth: number, how: Sampling): fc.Arbitrary<Json> {
  if (name !== "policy") return sample(definitions[name] as Schema, depth, how);
  const short = sampleNamed("shortForm", 0, how);
  const leaves = LEAVES.map((leaf) => sampleNamed(leaf, 0, how));
  const preset = sampleNamed("preset", 0, how);
  if (depth === 0) return fc.oneof(short, ...leaves, preset);
  return fc.oneof(short, preset, {
    weight: 3,
    arbitrary: sampleNamed("kind", depth - 1, how),
  });
}

function sampleAny(schemas: readonly Schema[], depth: number, how: Sampling): fc.Arbitrary<Json> {
  const isText = ({ $ref }: Schema) => /duration|wholeSeconds|atLeast/.test(named($ref));
  const usable = how.texts ? schemas : schemas.filter((schema) => !isText(schema));
  return fc.oneof(...usable.map((schema) => sample(schema, depth, how)));
}

function sampleObject({ properties, required = [] }: Schema, depth: number, how: Sampling) {
  const parts = Object.entries(properties as { readonly [name: string]: Schema });
  const drawn = parts.map(([name, schema]) => [name, sample(schema, depth, how)] as const);
  return fc.record(Object.fromEntries(drawn), {
    requiredKeys: required as string[],
    noNullPrototype: true,
  }) as fc.Arbitrary<Json>;
}

function wholeNumbers({ minimum, maximum, multipleOf = 1 }: Schema): fc.Arbitrary<number> {
  const [low, high, unit] = [Number(minimum), Number(maximum), Number(multipleOf)];
  const edges = [low, low + unit, high - (high % unit)];
  const usual = [0, 1, 2, 3, 10, 100, 1_000, 30_000].map((n) => n * unit);
  const fit = (n: number) => n >= low && n <= high;
  return fc.oneof(
    fc.constantFrom(...edges.filter(fit)),
    { weight: 4, arbitrary: fc.constantFrom(...usual.filter(fit), edges[0] as number) },
    fc.integer({ min: 0, max: 255 }).map((n) => Math.min(high, low + n * unit)),
  );
}

function numbers({ minimum, maximum }: Schema): fc.Arbitrary<number> {
  const [low, high] = [Number(minimum ?? -1e300), Number(maximum ?? Number.MAX_VALUE)];
  const usual = [0, 0.5, 1, 1.5, 2, 250, 1_000, 1_000.25, 30_000];
  const fit = (n: number) => n >= low && n <= high;
  return fc.oneof(
    fc.constantFrom(low, high),
    { weight: 4, arbitrary: fc.constantFrom(...usual.filter(fit)) },
    fc.double({ min: low, max: Math.min(high, 1e6), noNaN: true }).filter((n) => !Object.is(n, -0)),
  );
}
