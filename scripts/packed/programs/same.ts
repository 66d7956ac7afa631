// The one check of the programs: two plain values are the same, whatever runs them.

export function same(got: unknown, wanted: unknown): void {
  const [left, right] = [JSON.stringify(got), JSON.stringify(wanted)];
  if (left !== right) throw new Error(`got ${left}, wanted ${right}`);
}
