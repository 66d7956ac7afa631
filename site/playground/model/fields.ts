// The fields of a form, made of the published schema of `@steadfast/spec`: a new policy, option or preset has its form without a
// line here.

import type { Json } from "@steadfast/policy";
import schema from "@steadfast/spec/schema.json" with { type: "json" };

type Part = { readonly [keyword: string]: Json };

/** What a field holds. */
export type Shape =
  | {
      readonly type: "number";
      readonly whole: boolean;
      readonly least: number;
      /** null: no upper end. */
      readonly most: number | null;
      readonly step: number | null;
      /** A duration such as `10s` may stand there. */
      readonly isDuration: boolean;
      readonly nullable: boolean;
    }
  | { readonly type: "words"; readonly words: readonly string[]; readonly nullable: boolean }
  | { readonly type: "flag" }
  | { readonly type: "text" }
  | { readonly type: "list"; readonly items: Shape; readonly least: number }
  | { readonly type: "group"; readonly fields: readonly Field[] }
  /** A word, or an object with a `kind` and options. */
  | {
      readonly type: "kinds";
      readonly words: readonly string[];
      readonly kinds: readonly Form[];
    }
  /** What no form is worth: it is written as JSON. */
  | { readonly type: "json" };

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
}

/** The options of one kind, preset, curve or jitter. */
export interface Form {
  readonly name: string;
  readonly fields: readonly Field[];
  /** How many members it has: none, one, or any number. */
  readonly members: 0 | 1 | "any";
}

const definitions = schema.definitions as unknown as { readonly [name: string]: Part };

const properties = (part: Part) => (part.properties ?? {}) as { readonly [name: string]: Part };
const choices = (part: Part) => (part.anyOf ?? []) as readonly Part[];
const nameOf = (part: Part) => String(part.$ref).replace("#/definitions/", "");

function resolved(part: Part): Part {
  return part.$ref === undefined ? part : resolved(definitions[nameOf(part)] ?? {});
}

const isDurationText = (part: Part) =>
  /^(duration|wholeSeconds|atLeast)/.test(part.$ref === undefined ? "" : nameOf(part));

export function shapeOf(part: Part): Shape {
  const all = choices(part).length > 0 ? choices(part) : [part];
  if (all.length === 1 && part.$ref !== undefined) return shapeOf(resolved(part));
  const nullable = all.some(({ type }) => type === "null");
  const others = all.filter(({ type }) => type !== "null");
  const [only = {}] = others;
  if (nullable && others.length === 1) return withNull(shapeOf(only));
  const number = others.find(({ type }) => type === "number" || type === "integer");
  if (number !== undefined) {
    const isDuration = others.some(isDurationText);
    const fits = others.length === 1 || (others.length === 2 && isDuration);
    return fits ? numberOf(number, isDuration) : { type: "text" };
  }
  if (others.length > 1) return kindsOf(others);
  return only.$ref === undefined ? simple(only) : shapeOf(resolved(only));
}

const withNull = (shape: Shape): Shape =>
  shape.type === "number" || shape.type === "words" ? { ...shape, nullable: true } : shape;

function numberOf(part: Part, isDuration: boolean): Shape {
  return {
    type: "number",
    whole: part.type === "integer",
    least: Number(part.minimum ?? 0),
    most: typeof part.maximum === "number" ? part.maximum : null,
    step: typeof part.multipleOf === "number" ? part.multipleOf : null,
    isDuration,
    nullable: false,
  };
}

function simple(part: Part): Shape {
  if (Array.isArray(part.enum)) {
    return { type: "words", words: part.enum as string[], nullable: false };
  }
  if (part.type === "boolean") return { type: "flag" };
  if (part.type === "string") return { type: "text" };
  if (part.type === "array") return listOf(part);
  if (part.type === "object") return { type: "group", fields: fieldsIn(part) };
  return { type: "json" };
}

function listOf(part: Part): Shape {
  const items = shapeOf(part.items as Part);
  if (items.type !== "number" && items.type !== "text") return { type: "json" };
  return { type: "list", items, least: Number(part.minItems ?? 0) };
}

/** Words and objects that are told apart by their `kind`; anything else is written as JSON. */
function kindsOf(parts: readonly Part[]): Shape {
  const flat = parts.flatMap((part) => {
    const whole = resolved(part);
    return choices(whole).length > 0 ? choices(whole) : [whole];
  });
  const words = flat.flatMap((part) => (Array.isArray(part.enum) ? (part.enum as string[]) : []));
  const objects = flat.filter((part) => properties(part).kind?.const !== undefined);
  if (objects.length + flat.filter((part) => Array.isArray(part.enum)).length !== flat.length) {
    return { type: "json" };
  }
  return { type: "kinds", words, kinds: objects.map((part) => formOf(part)) };
}

function fieldsIn(part: Part): readonly Field[] {
  const required = (part.required ?? []) as readonly string[];
  return Object.entries(properties(part)).map(([name, one]) => ({
    name,
    required: required.includes(name),
    shape: shapeOf(one),
  }));
}

function formOf(part: Part): Form {
  const { kind, preset, options = {}, members } = properties(part);
  const most = members?.maxItems;
  return {
    name: String(kind?.const ?? preset?.const),
    fields: fieldsIn(options),
    members: members === undefined ? 0 : most === 1 ? 1 : "any",
  };
}

const formsOf = (name: string): ReadonlyMap<string, Form> =>
  new Map(
    choices(definitions[name] ?? {}).map((one) => {
      const form = formOf(resolved(one));
      return [form.name, form];
    }),
  );

/** The form of each policy that has a `kind`, and of each preset. */
export const KINDS = formsOf("kind");
export const PRESETS = formsOf("preset");

/** What may stand in a field, for people. */
export function rangeWords(shape: Shape): string {
  switch (shape.type) {
    case "number":
      return numberWords(shape);
    case "list": {
      const least = shape.least > 0 ? `at least ${shape.least}, ` : "";
      return `a list with commas: ${least}each ${rangeWords(shape.items)}`;
    }
    case "words":
      return `one of ${shape.words.join(", ")}`;
    case "kinds":
      return `one of ${[...shape.words, ...shape.kinds.map(({ name }) => name)].join(", ")}`;
    case "flag":
      return "true or false";
    default:
      return shape.type === "json" ? "JSON" : "text";
  }
}

function numberWords(shape: Extract<Shape, { type: "number" }>): string {
  const { whole, least, most, step, isDuration, nullable } = shape;
  const number = isDuration ? "milliseconds, or a duration such as 10s" : "a number";
  const upTo = most === null || most >= Number.MAX_SAFE_INTEGER - 1 ? "" : ` to ${most}`;
  const range = upTo === "" ? `at least ${least}` : `from ${least}${upTo}`;
  const steps = step === null ? "" : `, in steps of ${step}`;
  const kind = whole && !isDuration ? "a whole number" : number;
  return `${kind}, ${range}${steps}${nullable ? "; or null" : ""}`;
}
