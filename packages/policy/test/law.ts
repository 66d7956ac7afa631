import fc from "fast-check";
import { expect } from "vitest";

/**
 * A property that also says how often it was interesting, and fails if that was rare: a law that
 * never met its case has shown nothing.
 */
export function law<Value>(
  values: fc.Arbitrary<Value>,
  holds: (value: Value) => boolean,
  least = 0.05,
): void {
  let runs = 0;
  let interesting = 0;
  fc.assert(
    fc.property(values, (value) => {
      runs++;
      if (holds(value)) interesting++;
    }),
  );
  expect(interesting / runs, "share of runs that met the interesting case").toBeGreaterThan(least);
}
