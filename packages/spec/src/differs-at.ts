import type { Json } from "@steadfast/policy";
import { isObject } from "./plain.js";
import { join } from "./policy-spec-error.js";

interface Description {
  readonly [field: string]: Json;
}

/** The path of the first member, outermost first, whose descriptions are not the same; null if all are. */
export function differsAt(one: Description, other: Description, path: string): string | null {
  const { members: mine, ...own } = one;
  const { members: its, ...others } = other;
  if (!same(own, others)) return path;
  if (!Array.isArray(mine) || !Array.isArray(its)) return same(mine, its) ? null : path;
  if (mine.length !== its.length) return path;
  for (const [i, member] of mine.entries()) {
    const place = join(path, `members[${i}]`);
    const differs = isObject(member) && differsAt(member, its[i] as Description, place);
    if (differs !== null) return differs === false ? place : differs;
  }
  return null;
}

/** Equal as JSON; the order of properties does not matter. */
function same(one: Json | undefined, other: Json | undefined): boolean {
  if (!isParts(one) || !isParts(other)) return one === other;
  const keys = Object.keys(one);
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && same(part(one, key), part(other, key)));
}

function isParts(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function part(value: object, key: string): Json | undefined {
  return (value as { readonly [key: string]: Json })[key];
}
