// What is typed into a field, as JSON, and back. What is no number stays a text: `policyFrom` says what is wrong with it.

import type { Json } from "@steadfast/policy";
import type { Shape } from "./fields.ts";

const NUMBER = /^-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?$/i;

/** undefined: nothing is typed, so the option is left out. */
export function typedValue(shape: Shape, text: string): Json | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  if (shape.type === "text") return trimmed;
  if (shape.type === "list")
    return trimmed
      .split(",")
      .map((one) => one.trim())
      .map(plain);
  if (shape.type !== "json") return plain(trimmed);
  try {
    return JSON.parse(trimmed) as Json;
  } catch {
    return trimmed;
  }
}

function plain(text: string): Json {
  if (text === "null") return null;
  return NUMBER.test(text) ? Number(text) : text;
}

export function typedText(shape: Shape, value: Json | undefined): string {
  if (value === undefined) return "";
  if (shape.type === "list" && Array.isArray(value)) {
    return value.map((one: Json) => typedText(shape.items, one)).join(", ");
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
