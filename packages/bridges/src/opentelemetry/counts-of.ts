// The metrics in OpenTelemetry: their names, their descriptions.

import type { Counts } from "../event-counts.js";
import { type OpenTelemetryApi, SCOPE } from "./api.js";

export function countsOf({ metrics }: OpenTelemetryApi): Counts {
  const meter = metrics.getMeter(SCOPE);
  const counter = (name: string, description: string): Counts["exits"] => {
    const metric = meter.createCounter(`steadfast.${name}`, { description });
    return (labels, by) => metric.add(by, labels);
  };
  const up = meter.createUpDownCounter("steadfast.up", { description: "Attempts that run." });
  const description = "What the policy answered: how long until a launch.";
  const delay = meter.createHistogram("steadfast.delay", { description, unit: "s" });
  return {
    restarts: counter("restarts", "Launches after an exit."),
    exits: counter("exits", "Ended attempts, by how."),
    refusals: counter("refusals", "Times the policy said no."),
    up: (labels, by) => up.add(by, labels),
    delays: (labels, seconds) => delay.record(seconds, labels),
  };
}
