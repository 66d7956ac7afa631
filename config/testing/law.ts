// Property tests that count how often their interesting case was reached, and fail if that was rare: a law
// that never met its case has shown nothing.

import fc from "fast-check";
import { expect } from "vitest";

/** In fewer runs than this share a case is rare. */
const RARE = 0.05;

/** `holds` answers whether its case was interesting. */
export function often<Input>(
  inputs: fc.Arbitrary<Input>,
  holds: (input: Input) => boolean,
  least = RARE,
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

/** `holds` calls `reached` where its case was interesting: once or many times, it is one run. */
export function law<Input>(
  inputs: fc.Arbitrary<Input>,
  holds: (input: Input, reached: () => void) => void,
): void {
  often(inputs, (input) => {
    let here = false;
    holds(input, () => {
      here = true;
    });
    return here;
  });
}
