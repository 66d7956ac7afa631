// Assertions of laws, for no test runner in particular.

import { deepEqual } from "./deep-equal.js";

/** Throws unless what is claimed is so. */
export function claim(holds: boolean, otherwise: () => string): asserts holds {
  if (!holds) throw new Error(otherwise());
}

/** Throws unless both are deeply the same; `-0` is not `0`, `undefined` is not absent. */
export function claimSame(got: unknown, expected: unknown, what: string): void {
  claim(deepEqual(got, expected), () => `${what}: got ${show(got)}, expected ${show(expected)}`);
}

/** A short text for anything, also for what JSON cannot hold. */
export function show(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "number" && !Number.isFinite(part)) return `${part}`;
    return part === undefined ? "undefined" : part;
  });
  const known = text ?? String(value);
  return known.length > 300 ? `${known.slice(0, 297)}...` : known;
}
