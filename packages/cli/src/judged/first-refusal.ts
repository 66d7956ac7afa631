// A child that fails at once, over and over, until its policy says no for the first time.

import type { LaunchEvent, RestartPolicy } from "@steadfast/policy";
import type { Rules } from "./judged.js";

/** How many restarts are tried. */
const MOST = 1_000;

const FAILURE = { kind: "failed", code: 1 } as const;

export interface Refusal {
  /** The state before the request. */
  readonly state: unknown;
  readonly event: LaunchEvent;
  readonly at: number;
  /** Restarts that were admitted before. */
  readonly restarts: number;
  /** False: none of so many was refused, and this is the last. */
  readonly isRefused: boolean;
}

export function firstRefusal(policy: RestartPolicy, { isFailure = () => true }: Rules): Refusal {
  const start: LaunchEvent = { type: "launch", cause: "start", draw: 0.5, wall: 0 };
  const request: LaunchEvent = { ...start, cause: "restart" };
  const failed = isFailure(FAILURE);
  let [state, answer] = policy.step(policy.initial(), start, 0);
  if (answer.type === "refuse") {
    return { state: policy.initial(), event: start, at: 0, restarts: 0, isRefused: true };
  }
  let at = 0;
  for (let restarts = 0; ; restarts++) {
    if (answer.type === "launch") at += Math.ceil(answer.delayMs);
    const exited = { type: "exited", exit: FAILURE, failed, uptimeMs: 0 } as const;
    const [after] = policy.step(state, exited, at);
    const event = { ...request, wall: at };
    const [next, decision] = policy.step(after, event, at);
    const isRefused = decision.type === "refuse";
    if (isRefused || restarts === MOST) return { state: after, event, at, restarts, isRefused };
    [state, answer] = [next, decision];
  }
}
