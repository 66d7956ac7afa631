// Whether a series of readings grows: the rule by which a run is red. Pure.
//
// 1. The first quarter is the warm-up and does not count: caches fill, code is compiled, pools grow.
// 2. The rest is cut into 32 blocks of equal length, and each becomes its median, so that single peaks and
//    the likeness of neighbours in time do not count.
// 3. Mann and Kendall's test, with their correction for ties, says how sure it is that later blocks are
//    larger than earlier ones: z above 3, which chance gives once in 740 flat series.
// 4. The slope is Theil and Sen's, the median of the slopes between all pairs; over all blocks it is the rise.
// 5. It is a trend if both hold: z is above 3, and the rise is above what is tolerated, which is the larger
//    of a fixed amount and of a share of the first blocks' median. Only growth counts.

import { median } from "../statistics.ts";

export const WARM_UP = 0.25;
export const BLOCKS = 32;
export const Z = 3;

export interface Tolerance {
  readonly absolute: number;
  /** Of the median of the first quarter of the blocks. */
  readonly relative: number;
}

export interface Trend {
  /** The medians of the first and of the last quarter of the blocks. */
  readonly from: number;
  readonly to: number;
  /** By how much it has grown over the blocks. */
  readonly rise: number;
  readonly z: number;
  readonly tolerated: number;
  readonly isTrend: boolean;
}

/** Null for fewer readings than two a block, of which nothing can be said. */
export function trendOf(values: readonly number[], tolerance: Tolerance): Trend | null {
  const warm = values.slice(Math.floor(values.length * WARM_UP));
  if (warm.length < 2 * BLOCKS) return null;
  const blocks = Array.from({ length: BLOCKS }, (_, i) => {
    const at = (part: number) => Math.floor((part * warm.length) / BLOCKS);
    return median(warm.slice(at(i), at(i + 1)));
  });
  const from = median(blocks.slice(0, BLOCKS / 4));
  const to = median(blocks.slice(-BLOCKS / 4));
  const rise = slope(blocks) * BLOCKS;
  const z = mannKendall(blocks);
  const tolerated = Math.max(tolerance.absolute, tolerance.relative * Math.abs(from));
  return { from, to, rise, z, tolerated, isTrend: z > Z && rise > tolerated };
}

function pairs<Answer>(values: readonly number[], of: (gap: number, rise: number) => Answer) {
  const answers: Answer[] = [];
  for (const [i, early] of values.entries()) {
    for (let k = i + 1; k < values.length; k++) answers.push(of(k - i, (values[k] ?? 0) - early));
  }
  return answers;
}

function slope(values: readonly number[]): number {
  return median(pairs(values, (gap, rise) => rise / gap));
}

function mannKendall(values: readonly number[]): number {
  const score = pairs(values, (_, rise) => Math.sign(rise)).reduce((sum, sign) => sum + sign, 0);
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const term = (n: number) => n * (n - 1) * (2 * n + 5);
  const ties = [...counts.values()].reduce((sum, n) => sum + term(n), 0);
  const variance = (term(values.length) - ties) / 18;
  return variance === 0 ? 0 : (score - Math.sign(score)) / Math.sqrt(variance);
}
