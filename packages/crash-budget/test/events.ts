// Events as short names, and how to put them to a policy.

import type {
  ExitedEvent,
  LaunchEvent,
  Millis,
  RestartEvent,
  RestartPolicy,
} from "@steadfast/policy";
import { run, type TimedEvent } from "../../../config/testing/runs.ts";

export { run, type TimedEvent };

export const crash: ExitedEvent = {
  type: "exited",
  exit: { kind: "failed", error: "boom" },
  failed: true,
  uptimeMs: 0,
};

export const completion: ExitedEvent = {
  type: "exited",
  exit: { kind: "completed" },
  failed: false,
  uptimeMs: 0,
};

export const ask = (cause: LaunchEvent["cause"], draw = 0.5): LaunchEvent => ({
  type: "launch",
  cause,
  draw,
  wall: 0,
});

export const start = ask("start");
export const restart = ask("restart");
export const operator = ask("operator");
export const healthy: RestartEvent = { type: "healthy" };
export const reset: RestartEvent = { type: "reset" };

/** Events as they are written in a table: an instant, then what happens at it, in order. */
export function story(...turns: readonly (readonly [Millis, ...RestartEvent[]])[]): TimedEvent[] {
  return turns.flatMap(([at, ...events]) => events.map((event) => ({ at, event })));
}

/** The answers to the requests of a run: `250` a delay, `!1000` a refusal for so long. */
export function answers<State>(
  policy: RestartPolicy<State>,
  events: readonly TimedEvent[],
): readonly (number | string)[] {
  return run(policy, events).decisions.flatMap<number | string>((decision) => {
    if (decision.type === "noted") return [];
    return decision.type === "launch" ? decision.delayMs : `!${decision.retryAfterMs}`;
  });
}
