// Events as short names, and how to put them to a policy.

import type {
  Exit,
  ExitedEvent,
  LaunchEvent,
  Millis,
  RestartEvent,
  RestartPolicy,
} from "@steadfast/policy";
import type { BackoffState } from "../src/index.js";

export { run, type TimedEvent } from "../../../config/testing/runs.ts";

const FAILED: Exit = { kind: "failed", error: "boom" };
const COMPLETED: Exit = { kind: "completed" };
const REFUSED: Exit = { kind: "spawn-failed", error: "ENOENT" };

export const crash = (uptimeMs = 0): ExitedEvent => ({
  type: "exited",
  exit: FAILED,
  failed: true,
  uptimeMs,
});

export const completion = (uptimeMs = 0): ExitedEvent => ({
  type: "exited",
  exit: COMPLETED,
  failed: false,
  uptimeMs,
});

export const spawnFailure: ExitedEvent = {
  type: "exited",
  exit: REFUSED,
  failed: true,
  uptimeMs: 0,
};

export const ask = (cause: LaunchEvent["cause"], draw = 0): LaunchEvent => ({
  type: "launch",
  cause,
  draw,
  wall: 0,
});

export const healthy: RestartEvent = { type: "healthy" };
export const reset: RestartEvent = { type: "reset" };

/** The delay of a restart asked for in this state; throws if it is refused. */
export function delayOf(
  policy: RestartPolicy<BackoffState>,
  state: BackoffState,
  now: Millis,
  draw = 0,
): number {
  const [, decision] = policy.step(state, ask("restart", draw), now);
  if (decision.type === "launch") return decision.delayMs;
  throw new Error(`backoff answered ${decision.type}`);
}

/** A state in which so much was counted, and whose last exit was at `since`. */
export function counted(
  policy: RestartPolicy<BackoffState>,
  count: number,
  since: Millis = 0,
): BackoffState {
  return policy.parse({ count, since, allowedAt: null, delayMs: 0, previousMs: 0 }, since);
}
