// What makes a run red: a trend, something that is left at the end, or an error that nobody handled. Pure.

import { judged, type Sample } from "./metrics.ts";
import type { Run } from "./run.ts";
import { BLOCKS, WARM_UP } from "./trend.ts";

const number = (value: number) => value.toFixed(Math.abs(value) < 100 ? 1 : 0);

/** One line for each reason; none for a run that is green. */
export function reasons(run: Pick<Run, "samples" | "left" | "errors">): readonly string[] {
  const trends = judged(run.samples).flatMap(({ metric, trend }) => {
    if (!trend?.isTrend) return [];
    const { rise, tolerated, z, from, to } = trend;
    const grown = `from ${number(from)} to ${number(to)} ${metric.unit}`.trim();
    return [
      `${metric.title} grows: ${grown}, by ${number(rise)} (tolerated ${number(tolerated)}), z ${number(z)}`,
    ];
  });
  const left = Object.entries(run.left).flatMap(([name, count]) =>
    count > 0 ? [`${count} ${name} left at the end`] : [],
  );
  return [...tooShort(run.samples), ...trends, ...left, ...run.errors];
}

/** Without a verdict about trends a run is not green either. */
function tooShort(samples: readonly Sample[]): readonly string[] {
  const least = Math.ceil((2 * BLOCKS) / (1 - WARM_UP));
  return samples.length < least ? [`${samples.length} readings, at least ${least} are needed`] : [];
}
