// What a step is measured against: the least that can be done. A preallocated ring of the newest `limit`
// instants that is overwritten in place; it keeps no state anybody could save, compare or roll back.

export interface Ring {
  /** 0 if admitted, else the wait. */
  step(now: number): number;
}

export function ring(limit: number, windowMs: number): Ring {
  const stamps = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;
  return {
    step(now) {
      const age = now - (stamps[oldest] ?? 0);
      if (age < windowMs) return windowMs - age;
      stamps[oldest] = now;
      oldest = oldest + 1 === limit ? 0 : oldest + 1;
      return 0;
    },
  };
}
