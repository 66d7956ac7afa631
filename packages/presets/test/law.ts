import fc from "fast-check";
import { expect } from "vitest";

/**
 * A property that also counts how often its interesting case was reached, and fails if that was rare:
 * a law that never met its case has shown nothing. `holds` calls `reached` where it did.
 */
export function law<Input>(
  inputs: fc.Arbitrary<Input>,
  holds: (input: Input, reached: () => void) => void,
): void {
  let runs = 0;
  let interesting = 0;
  fc.assert(
    fc.property(inputs, (input) => {
      let here = false;
      holds(input, () => {
        here = true;
      });
      runs++;
      if (here) interesting++;
    }),
  );
  expect(interesting / runs, "share of runs that met the interesting case").toBeGreaterThan(0.05);
}
