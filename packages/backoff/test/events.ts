// Events as short names, and how to put them to a policy.

import type {
  Exit,
  ExitedEvent,
  LaunchEvent,
  Millis,
  RestartDecision,
  RestartEvent,
  RestartPolicy,
} from "@steadfast/policy";
import type { BackoffState } from "../src/index.js";

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

export interface TimedEvent {
  readonly at: Millis;
  readonly event: RestartEvent;
}

/** Steps a policy through a run; answers every decision and the last state. */
export function run(
  policy: RestartPolicy<BackoffState>,
  events: readonly TimedEvent[],
  from: BackoffState = policy.initial(),
): { readonly decisions: readonly RestartDecision[]; readonly state: BackoffState } {
  let state = from;
  const decisions = events.map(({ at, event }) => {
    const [next, decision] = policy.step(state, event, at);
    state = next;
    return decision;
  });
  return { decisions, state };
}

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
