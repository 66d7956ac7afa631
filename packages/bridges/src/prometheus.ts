// Events as metrics of prom-client: few labels, and of each few values.

import { PolicyOptionsError, readArguments, readOptions } from "@steadfast/policy";
import type { EventListener } from "@steadfast/supervisor";
import { type Counts, countEvents } from "./event-counts.js";
import { metricsOf, type PrometheusClient } from "./prometheus/metrics.js";

export type { PrometheusClient } from "./prometheus/metrics.js";

/**
 * Where metrics are registered, and how many children have series of their own.
 * @since 0.1.0
 */
export interface PrometheusOptions {
  /** Registries of prom-client. Default: its global one. */
  readonly registers?: readonly unknown[];
  /** The first so many children have a label; all others together are `other`: at least 1. Default 100. */
  readonly maxChildren?: number;
}

const CLASSES = ["Counter", "Gauge", "Histogram"] as const;
const isList = (value: unknown) => Array.isArray(value);

/**
 * Counts what happens to the children: give it to `supervise` or `superviseTree` as `onEvent`.
 *
 * `steadfast_restarts_total{child}`, `steadfast_exits_total{child,kind,failed}`,
 * `steadfast_refusals_total{child,reason,final}`, `steadfast_up{child}` (attempts that run, without standbys) and the
 * histogram `steadfast_delay_seconds{child}`. Of reasons the first 30 stable codes have a label, what else there is is
 * `other`. Edge: one listener serves any number of supervisions with different ids; a second one on the same registry is an
 * error of prom-client. Effect: it registers five metrics. Errors: `PolicyOptionsError` for what is not prom-client, or
 * a bad option.
 *
 * @since 0.1.0
 * @example
 * const told: unknown[] = [];
 * const Metric = class { inc = (labels: object, by = 1) => told.push([labels, by]); observe = this.inc; };
 * const hear = prometheusEvents({ Counter: Metric, Gauge: Metric, Histogram: Metric });
 * const about = { id: "mail", at: 0, attempt: 3, generation: 2 };
 * hear({ ...about, type: "refused", reason: "window-full", retryAfterMs: 90_000 });
 * told; // => [[{ child: "mail", reason: "window-full", final: "false" }, 1]]
 */
export function prometheusEvents(
  client: PrometheusClient,
  options: PrometheusOptions = {},
): EventListener {
  readArguments("prometheusEvents", arguments, 2);
  const lacks = CLASSES.find((name) => typeof client?.[name] !== "function");
  if (lacks) throw new PolicyOptionsError("prometheusEvents", `client.${lacks}`, "a class", client);
  const read = readOptions("prometheusEvents", options);
  const registers = read.checked<PrometheusOptions["registers"] | null>(
    "registers",
    "a list",
    isList,
    null,
  );
  const maxChildren = read.whole("maxChildren", { min: 1, default: 100 });
  read.end();

  const { restarts, exits, refusals, up, delays } = metricsOf(client, registers ?? null);
  const counts: Counts = {
    restarts: (labels, by) => restarts.inc(labels, by),
    exits: (labels, by) => exits.inc(labels, by),
    refusals: (labels, by) => refusals.inc(labels, by),
    up: (labels, by) => up.inc(labels, by),
    delays: (labels, seconds) => delays.observe(labels, seconds),
  };
  return countEvents(counts, maxChildren);
}
