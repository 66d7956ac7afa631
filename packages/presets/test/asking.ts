// A preset's policy, told and asked by hand: short names for events, and a hand that keeps the state.

import type {
  Exit,
  ExitedEvent,
  LaunchAnswer,
  LaunchEvent,
  Millis,
  RestartDecision,
  RestartEvent,
} from "@steadfast/policy";
import type { Preset } from "../src/index.js";

export const CRASH: Exit = { kind: "failed", code: 1 };
export const COMPLETED: Exit = { kind: "completed", code: 0 };
export const NOT_STARTED: Exit = { kind: "spawn-failed", error: new Error("spawn ENOENT") };

export const ask = (cause: LaunchEvent["cause"] = "restart", draw = 0): LaunchEvent => ({
  type: "launch",
  cause,
  draw,
  wall: 0,
});

export const healthy: RestartEvent = { type: "healthy" };
export const reset: RestartEvent = { type: "reset" };
export const atOnce = { type: "launch", delayMs: 0 } as const;
export const after = (delayMs: number) => ({ type: "launch", delayMs }) as const;
export const never = (reason: string) => ({ type: "refuse", reason, retryAfterMs: null }) as const;

/** The exit as a supervisor with this preset tells it. */
export function exited({ isFailure }: Preset, exit: Exit, uptimeMs: Millis = 0): ExitedEvent {
  return { type: "exited", exit, failed: isFailure(exit), uptimeMs };
}

export interface Hand {
  state: unknown;
  send(event: RestartEvent, now: Millis): RestartDecision;
  /** Tells the end of a run, and asks for the next. */
  end(now: Millis, uptimeMs?: Millis, exit?: Exit, draw?: number): LaunchAnswer;
}

export function hand(preset: Preset, from: unknown = preset.policy.initial()): Hand {
  return {
    state: from,
    send(event, now) {
      const [next, decision] = preset.policy.step(this.state, event, now);
      this.state = next;
      return decision;
    },
    end(now, uptimeMs = 0, exit = CRASH, draw = 0) {
      this.send(exited(preset, exit, uptimeMs), now);
      return this.send(ask("restart", draw), now) as LaunchAnswer;
    },
  };
}

/** The delays of restarts after runs of so long, each launched when its delay is over. */
export function delaysOf(preset: Preset, runs: readonly Millis[], exit: Exit = CRASH): number[] {
  const child = hand(preset);
  let now = 0;
  return runs.map((runMs) => {
    now += runMs;
    const answer = child.end(now, runMs, exit);
    if (answer.type !== "launch") return Number.NaN;
    now += Math.ceil(answer.delayMs);
    return answer.delayMs;
  });
}
