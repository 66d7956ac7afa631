// Takes a copy of a document, so that nothing in it can change or run code later: own, enumerable
// properties of plain objects, dense arrays, text, finite numbers, true, false and null.
//
// - What is not JSON is refused with its path: functions, dates, maps, NaN, getters, cycles (as depth).
// - A property that is undefined is left out, as `JSON.stringify` leaves it out.
// - -0 is 0. Copies have no prototype, so that `__proto__` is a name like any other.

import type { Json } from "@steadfast/policy";
import { fieldAt, PolicySpecError, wrong } from "./policy-spec-error.js";

/** How deep a document may be nested, arrays and objects alike. */
export const DEEPEST = 128;
/** How many values it may hold, an object counted like its parts. */
export const MOST_VALUES = 10_000;

const PLAIN = "plain JSON";

/** A copy of `raw`, if it is plain JSON. */
export function plain(raw: unknown): Json {
  let values = 0;

  function copy(value: unknown, path: string, depth: number): Json {
    if (++values > MOST_VALUES) {
      throw new PolicySpecError("", `at most ${MOST_VALUES} values in all`, "more");
    }
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number" && Number.isFinite(value)) return value + 0;
    if (typeof value !== "object") throw wrong(path, PLAIN, value);
    if (depth === DEEPEST) {
      throw new PolicySpecError("", `nested at most ${DEEPEST} levels deep`, "more, or a cycle");
    }
    if (Array.isArray(value)) {
      const { length } = value;
      return Array.from({ length }, (_, i) =>
        copy(own(value, i, path), `${path}[${i}]`, depth + 1),
      );
    }
    if (!isPlain(value)) throw new PolicySpecError(path, PLAIN, "an object of a class of its own");
    const kept: { [key: string]: Json } = Object.create(null);
    for (const key of Object.keys(value)) {
      const part = own(value, key, path);
      if (part !== undefined) kept[key] = copy(part, fieldAt(path, key), depth + 1);
    }
    return kept;
  }

  try {
    return copy(raw, "", 0);
  } catch (error) {
    if (error instanceof PolicySpecError) throw error;
    throw new PolicySpecError("", PLAIN, "an object that cannot be read"); // a Proxy
  }
}

/** A property as it stands, without running a getter. */
function own(value: object, key: string | number, path: string): unknown {
  const property = Object.getOwnPropertyDescriptor(value, key);
  if (property?.get === undefined && property?.set === undefined) return property?.value;
  const place = typeof key === "number" ? `${path}[${key}]` : fieldAt(path, key);
  throw new PolicySpecError(place, PLAIN, "a getter");
}

/** An object of no class, of whatever realm. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Narrows to what JSON calls an object. */
export function isObject(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
