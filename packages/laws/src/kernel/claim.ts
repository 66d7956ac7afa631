// Assertions of laws, for no test runner in particular.

import { deepEqual } from "./deep-equal.js";

/** What a law throws where it is broken: everything else that comes out of a trial was thrown by its subject. */
export class BrokenClaim extends Error {}

/** Throws unless what is claimed is so. */
export function claim(holds: boolean, otherwise: () => string): asserts holds {
  if (!holds) throw new BrokenClaim(otherwise());
}

/** Throws unless both are deeply the same; `-0` is not `0`, `undefined` is not absent. */
export function claimSame(got: unknown, expected: unknown, what: string): void {
  claim(deepEqual(got, expected), () => `${what}: got ${show(got)}, expected ${show(expected)}`);
}

/** A short text for anything, also for what JSON cannot hold. Never throws. */
export function show(value: unknown): string {
  const text = textOf(value);
  return text.length > 300 ? `${text.slice(0, 297)}...` : text;
}

/** Stands before what JSON has no word for; it loses its quotes. */
const ODD = "odd:";
const QUOTED = /"odd:([^"]*)"/g;

function textOf(value: unknown): string {
  try {
    const text = JSON.stringify({ value }, function (this: object, key: string, part: unknown) {
      const odd = oddText(Reflect.get(this, key));
      return odd === null ? part : `${ODD}${odd}`;
    });
    return text.slice('{"value":'.length, -1).replaceAll(QUOTED, "$1");
  } catch {
    return Object.prototype.toString.call(value); // a cycle, a Proxy that throws
  }
}

/** What JSON would leave out or change; null for everything else. */
function oddText(part: unknown): string | null {
  if (typeof part === "number") {
    if (Object.is(part, -0)) return "-0";
    return Number.isFinite(part) ? null : `${part}`;
  }
  if (part === undefined) return "undefined";
  if (typeof part === "function") return "a function";
  if (typeof part === "bigint") return `${part}n`;
  if (typeof part === "symbol") return "a symbol";
  if (typeof part !== "object" || part === null || Array.isArray(part)) return null;
  const prototype: unknown = Object.getPrototypeOf(part);
  if (prototype === Object.prototype || prototype === null) return null;
  return `an instance of ${String(part.constructor?.name)}`;
}
