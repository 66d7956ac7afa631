// Events as short names, and what a run of them is.

import type { Millis, RestartEvent, RestartPolicy } from "@steadfast/policy";
import { run, type TimedEvent } from "../../../config/testing/runs.ts";
import type { SlidingWindowState } from "../src/index.js";

export { run, type TimedEvent };

const request = { type: "launch", draw: 0.5, wall: 0 } as const;

export const start: RestartEvent = { ...request, cause: "start" };
export const restart: RestartEvent = { ...request, cause: "restart" };
export const operator: RestartEvent = { ...request, cause: "operator" };
export const healthy: RestartEvent = { type: "healthy" };
export const reset: RestartEvent = { type: "reset" };
export const crash: RestartEvent = {
  type: "exited",
  exit: { kind: "failed", error: "boom" },
  failed: true,
  uptimeMs: 0,
};
export const cleanExit: RestartEvent = {
  type: "exited",
  exit: { kind: "completed", value: 0 },
  failed: false,
  uptimeMs: 0,
};

/** A state that holds these stamps, made by a window that never fills. */
export function stateHolding(
  policy: RestartPolicy<SlidingWindowState>,
  stamps: readonly Millis[],
): SlidingWindowState {
  return run(
    policy,
    stamps.map((at) => ({ at, event: restart })),
  ).state;
}
