// Two things measured in one run: batches of both take turns, and their medians are compared.

const ROUNDS = 31;

export interface Measured {
  readonly base: number;
  readonly ours: number;
  readonly ratio: number;
}

/** Nanoseconds per call of each, and how many times as long the second takes. */
export function sideBySide(base: () => unknown, ours: () => unknown, batch = 20_000): Measured {
  const [one, other]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    one.push(nanosOf(base, batch));
    other.push(nanosOf(ours, batch));
  }
  const measured = { base: median(one), ours: median(other) };
  return { ...measured, ratio: measured.ours / measured.base };
}

export function nanosOf(run: () => unknown, times: number): number {
  const from = process.hrtime.bigint();
  for (let i = 0; i < times; i++) run();
  return Number(process.hrtime.bigint() - from) / times;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1] as number;
}
