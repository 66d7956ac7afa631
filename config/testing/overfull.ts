// The checker of a history: whether some window of the limit's length held more than the limit.

export interface Bound {
  readonly limit: number;
  readonly windowMs: number;
}

/** The first instants that stand in one window and are more than its limit; null for none. Half-open, as our window. */
export function overfull(
  admittedAt: readonly number[],
  { limit, windowMs }: Bound,
): readonly number[] | null {
  const sorted = admittedAt.toSorted((one, other) => one - other);
  for (const [i, first] of sorted.entries()) {
    const last = sorted[i + limit];
    if (last !== undefined && last - first < windowMs) return sorted.slice(i, i + limit + 1);
  }
  return null;
}
