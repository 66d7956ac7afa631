import fc from "fast-check";
import { expect, it } from "vitest";

/** In fewer runs than this share an interesting case is rare, and the law says nothing. */
const RARE = 0.05;

/**
 * A property that counts how often its interesting cases came up, and fails if any of them is rare.
 * `check` calls `reached` with the names of the cases it met.
 */
export function law<Value>(
  name: string,
  cases: readonly string[],
  values: fc.Arbitrary<Value>,
  check: (value: Value, reached: (what: string) => void) => void,
): void {
  it(name, () => {
    let runs = 0;
    const times = new Map(cases.map((what) => [what, 0]));
    fc.assert(
      fc.property(values, (value) => {
        const met = new Set<string>();
        check(value, (what) => met.add(what));
        runs++;
        for (const what of met) times.set(what, (times.get(what) ?? 0) + 1);
      }),
    );
    const reach = [...times].map(([what, count]) => ({ what, share: count / runs }));
    expect(reach.filter(({ share }) => share < RARE)).toStrictEqual([]);
  });
}
