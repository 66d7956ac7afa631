// Events as spans and metrics. A supervision is a span, each attempt a span below it.

import { PolicyOptionsError, readArguments, readOptions } from "@steadfast/policy";
import type { EventListener } from "@steadfast/supervisor";
import { countEvents } from "./event-counts.js";
import type { OpenTelemetryApi } from "./opentelemetry/api.js";
import { countsOf } from "./opentelemetry/counts-of.js";
import { spanEvents } from "./opentelemetry/spans.js";

export type { OpenTelemetryApi } from "./opentelemetry/api.js";

/**
 * How many children have series of their own.
 * @since 0.1.0
 */
export interface OpenTelemetryOptions {
  /** The first so many children have a label; all others together are `other`: at least 1. Default 100. */
  readonly maxChildren?: number;
}

const PARTS = ["trace", "context", "metrics"] as const;

/**
 * Makes what happens to children spans and metrics: give it to `supervise` or `superviseTree` as `onEvent`.
 *
 * A span `supervision` from the first event to `ended`, and below it a span `attempt` from each launch to its exit, with the event
 * `exit`; what else happens is an event of one of them. An attempt that failed, and a supervision that was refused or
 * failed, has the status error. Metrics as of `prometheusEvents`, by the names `steadfast.restarts`, `steadfast.exits`,
 * `steadfast.refusals`, `steadfast.up` and `steadfast.delay` (seconds). Edge: one listener serves any number of supervisions with
 * different ids. Effect: spans and numbers, nothing of arguments, environment or output. Errors: `PolicyOptionsError` for what is not the API, or a bad option.
 *
 * @since 0.1.0
 * @example
 * const told: string[] = [];
 * const span = { addEvent: (name: string) => told.push(name), setStatus: () => span, end: () => told.push("end") };
 * const metric = { add: () => {}, record: () => {} };
 * const meter = { createCounter: () => metric, createUpDownCounter: () => metric, createHistogram: () => metric };
 * const trace = { getTracer: () => ({ startSpan: () => span }), setSpan: () => null };
 * const hear = openTelemetryEvents({ trace, context: { active: () => null }, metrics: { getMeter: () => meter } });
 * const about = { id: "mail", at: 0, attempt: 3, generation: 2 };
 * hear({ ...about, type: "refused", reason: "window-full", retryAfterMs: null });
 * hear({ ...about, type: "ended", outcome: "refused" });
 * told; // => ["refused", "end"]
 */
export function openTelemetryEvents(
  api: OpenTelemetryApi,
  options: OpenTelemetryOptions = {},
): EventListener {
  readArguments("openTelemetryEvents", arguments, 2);
  const lacks = PARTS.find((part) => typeof api?.[part] !== "object");
  if (lacks)
    throw new PolicyOptionsError("openTelemetryEvents", `api.${lacks}`, "a part of it", api);
  const read = readOptions("openTelemetryEvents", options);
  const count = countEvents(countsOf(api), read.whole("maxChildren", { min: 1, default: 100 }));
  read.end();
  const spans = spanEvents(api);
  return (event) => {
    count(event);
    spans(event);
  };
}
