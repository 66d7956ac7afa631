// Reads a value by its shape: the first thing that is wrong is said, with its path, what is allowed there, what was
// there, and the nearest right name.

import { didYouMean } from "@steadfast/policy";
import { durationFrom, isPolicySpecError, policyFrom } from "@steadfast/spec";
import { keysOf, type Path } from "../source-file.js";
import { type Fields, type Shape, typeOf, typesOf, wordsOf } from "./shape.js";

/** What is wrong, and where. */
export interface Wrong {
  readonly path: Path;
  readonly message: string;
}

/** Null if nothing is. */
export function wrongIn(shape: Shape, value: unknown, path: Path = []): Wrong | null {
  if (!typesOf(shape).includes(typeOf(value))) return not(shape, value, path);
  switch (shape.is) {
    case "text":
      return new RegExp(shape.pattern ?? "").test(value as string) ? null : not(shape, value, path);
    case "word":
      return shape.words.includes(value as string) ? null : not(shape, value, path, shape.words);
    case "whole":
      return isWhole(value as number, shape.min, shape.max) ? null : not(shape, value, path);
    case "duration":
      return wrongDuration(shape, value as number | string | null, path);
    case "policy":
      return wrongPolicy(value, path);
    case "list":
      return wrongList(shape, value as readonly unknown[], path);
    case "map":
      return wrongMap(shape, value as Values, path);
    case "record":
      return wrongRecord(shape.fields, value as Values, path);
    case "either": {
      const one = shape.shapes.find((each) => typesOf(each).includes(typeOf(value)));
      return wrongIn(one as Shape, value, path);
    }
    case "flag":
      return null;
  }
}

type Values = { readonly [key: string]: unknown };

const isWhole = (value: number, min: number, max: number) =>
  Number.isSafeInteger(value) && value >= min && value <= max;

function wrongDuration(
  shape: Shape & { readonly is: "duration" },
  value: number | string | null,
  path: Path,
): Wrong | null {
  if (value === null) return null;
  try {
    const ms = typeof value === "string" ? durationFrom(value) : value;
    return isWhole(ms, shape.least, Number.MAX_SAFE_INTEGER) ? null : not(shape, value, path);
  } catch (error) {
    if (!isPolicySpecError(error)) throw error;
    return wrong(path, error.message.replace(/^duration/, nameOf(path)));
  }
}

function wrongPolicy(value: unknown, path: Path): Wrong | null {
  try {
    policyFrom(value);
    return null;
  } catch (error) {
    if (!isPolicySpecError(error)) throw error;
    return wrong([...path, ...keysOf(error.path)], error.message.replace(/^policy/, nameOf(path)));
  }
}

function wrongList(
  shape: Shape & { readonly is: "list" },
  values: readonly unknown[],
  path: Path,
): Wrong | null {
  if (values.length < (shape.least ?? 0)) return not(shape, values, path);
  return first(values.map((value, i) => () => wrongIn(shape.of, value, [...path, i])));
}

function wrongMap(shape: Shape & { readonly is: "map" }, values: Values, path: Path): Wrong | null {
  const keys = Object.keys(values);
  if (keys.length < (shape.least ?? 0)) return wrong(path, `${nameOf(path)} must not be empty`);
  const odd = keys.find((key) => !new RegExp(shape.keys).test(key));
  if (odd !== undefined)
    return wrong([...path, odd], `${shown(odd)} is no name for a part of ${nameOf(path)}`);
  return first(keys.map((key) => () => wrongIn(shape.of, values[key], [...path, key])));
}

function wrongRecord(fields: Fields, values: Values, path: Path): Wrong | null {
  const names = Object.keys(fields);
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const unknown = given.map(([key]) => key).find((key) => !names.includes(key));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, names) || `known: ${names.join(", ")}`;
    return wrong([...path, unknown], `${nameOf([...path, unknown])} is unknown (${hint})`);
  }
  const missing = names.find((name) => fields[name]?.required && values[name] === undefined);
  if (missing !== undefined) return wrong(path, `${nameOf([...path, missing])} is missing`);
  return first(
    given.map(
      ([key, value]) =>
        () =>
          wrongIn(fields[key]?.shape as Shape, value, [...path, key]),
    ),
  );
}

function first(checks: readonly (() => Wrong | null)[]): Wrong | null {
  for (const check of checks) {
    const found = check();
    if (found) return found;
  }
  return null;
}

function not(shape: Shape, value: unknown, path: Path, words: readonly string[] = []): Wrong {
  const hint = didYouMean(value, words);
  return wrong(
    path,
    `${nameOf(path)} must be ${wordsOf(shape)}, got ${shown(value)}${hint && ` (${hint})`}`,
  );
}

const wrong = (path: Path, message: string): Wrong => ({ path, message });

/** `children.web.after[0]`. */
export function nameOf(path: Path): string {
  const name = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
  return name.replace(/^\./, "") || "the file";
}

const LONGEST = 60;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
