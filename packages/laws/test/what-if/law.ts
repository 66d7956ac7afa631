import fc from "fast-check";
import { expect } from "vitest";

/**
 * A property that also counts how often its interesting case was reached, and fails if that was rare.
 * `holds` answers whether it was.
 */
export function often<Input>(
  inputs: fc.Arbitrary<Input>,
  holds: (input: Input) => boolean,
  least = 0.05,
): void {
  let runs = 0;
  let interesting = 0;
  fc.assert(
    fc.property(inputs, (input) => {
      runs++;
      if (holds(input)) interesting++;
    }),
  );
  expect(interesting / runs, "share of runs that met the interesting case").toBeGreaterThan(least);
}
