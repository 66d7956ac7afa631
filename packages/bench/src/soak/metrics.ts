// What is read while it runs, and how much growth of each over a run is no trend.

import { type Tolerance, type Trend, trendOf } from "./trend.ts";

export interface Metric {
  readonly title: string;
  readonly unit: string;
  readonly tolerance: Tolerance;
}

export const METRICS = {
  rss: { title: "RSS", unit: "MiB", tolerance: { absolute: 24, relative: 0.15 } },
  heap: {
    title: "heap after a collection",
    unit: "MiB",
    tolerance: { absolute: 2, relative: 0.1 },
  },
  fds: { title: "open files", unit: "", tolerance: { absolute: 5, relative: 0.2 } },
  listeners: {
    title: "listeners on the process and on the shared signal",
    unit: "",
    tolerance: { absolute: 4, relative: 0.2 },
  },
  timers: { title: "timers and immediates", unit: "", tolerance: { absolute: 8, relative: 0.5 } },
  delay: {
    title: "event-loop delay, 99th percentile",
    unit: "ms",
    tolerance: { absolute: 30, relative: 1 },
  },
  groups: {
    title: "process groups of ours",
    unit: "",
    tolerance: { absolute: 4, relative: 0.5 },
  },
  zombies: { title: "zombies of ours", unit: "", tolerance: { absolute: 2, relative: 0.5 } },
  lives: { title: "lives that go on", unit: "", tolerance: { absolute: 4, relative: 0.25 } },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof METRICS;
export type Reading = Readonly<Record<MetricName, number>>;

/** A reading with the seconds since the beginning. */
export interface Sample extends Reading {
  readonly seconds: number;
}

export interface Judged {
  readonly name: MetricName;
  readonly metric: Metric;
  readonly trend: Trend | null;
}

export function judged(samples: readonly Sample[]): readonly Judged[] {
  return (Object.keys(METRICS) as MetricName[]).map((name) => {
    const metric: Metric = METRICS[name];
    const values = samples.map((sample) => sample[name]);
    return { name, metric, trend: trendOf(values, metric.tolerance) };
  });
}
