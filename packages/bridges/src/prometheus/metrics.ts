// The metrics themselves: their names, their help, their labels.

import type { Labels } from "../event-counts.js";

type MetricOf<Metric> = new (settings: {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: string[];
  readonly registers?: never[];
  readonly buckets?: number[];
}) => Metric;

/**
 * What is used of prom-client.
 * @since 0.1.0
 */
export interface PrometheusClient {
  /** For restarts, exits and refusals. */
  readonly Counter: MetricOf<{ inc(labels: Labels, value?: number): void }>;
  /** For what is up. */
  readonly Gauge: MetricOf<{ inc(labels: Labels, value?: number): void }>;
  /** For delays. */
  readonly Histogram: MetricOf<{ observe(labels: Labels, value: number): void }>;
}

const SECONDS = [0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1_800];

export function metricsOf(
  { Counter, Gauge, Histogram }: PrometheusClient,
  registers: readonly unknown[] | null,
) {
  const settings = (name: string, help: string, ...more: readonly string[]) => ({
    name: `steadfast_${name}`,
    help,
    labelNames: ["child", ...more],
    ...(registers && { registers: [...registers] as never[] }),
  });
  const delays = settings("delay_seconds", "What the policy answered: how long until a launch.");
  return {
    restarts: new Counter(settings("restarts_total", "Launches after an exit.")),
    exits: new Counter(settings("exits_total", "Ended attempts, by how.", "kind", "failed")),
    refusals: new Counter(
      settings("refusals_total", "Times the policy said no.", "reason", "final"),
    ),
    up: new Gauge(settings("up", "Attempts that run.")),
    delays: new Histogram({ ...delays, buckets: SECONDS }),
  };
}
