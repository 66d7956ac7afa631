// What is counted of events, and under which labels: prom-client or OpenTelemetry keeps the numbers.

import type { EventListener } from "@steadfast/supervisor";
import { childLabels, reasonLabels } from "./event-labels.js";

export type Labels = { readonly [label: string]: string };
type Add = (labels: Labels, by: number) => void;

/** Take what is added; `delays` takes seconds. */
export type Counts = Readonly<Record<"restarts" | "exits" | "refusals" | "up" | "delays", Add>>;

export function countEvents(
  { restarts, exits, refusals, up, delays }: Counts,
  maxChildren: number,
): EventListener {
  const nameOf = childLabels(maxChildren);
  const reasonOf = reasonLabels();
  const live = new Set<string>();

  return (event) => {
    const { id, type } = event;
    const child = nameOf(id);
    if (type === "launched") {
      up({ child }, live.has(id) ? 0 : 1);
      live.add(id);
      restarts({ child }, event.cause === "restart" ? 1 : 0);
    } else if (type === "exited") {
      // An attempt that could not be launched has only ended.
      up({ child }, live.delete(id) ? -1 : 0);
      exits({ child, kind: event.exit.kind, failed: `${event.failed}` }, 1);
    } else if (type === "refused") {
      const final = `${event.retryAfterMs === null}`;
      refusals({ child, reason: reasonOf(event.reason), final }, 1);
    } else if (type === "delayed") delays({ child }, event.delayMs / 1_000);
  };
}
