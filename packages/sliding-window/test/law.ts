import fc from "fast-check";
import { expect } from "vitest";

/**
 * Checks a property and how often its interesting case was reached: a law that is hardly ever put to
 * the test fails. `holds` calls `reached` where the law had something to say.
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
  expect(interesting, `interesting runs of ${runs}`).toBeGreaterThanOrEqual(runs * 0.05);
}
