// A deliberately dumb backoff: it keeps everything that ever happened, reads it from the beginning at
// every request, and multiplies fractions of big integers once per failure.

import type { Millis, RestartDecision, RestartEvent } from "@steadfast/policy";
import type { JitterPlan, Plan } from "./runs.js";

interface Run {
  readonly exitedAt: Millis;
  readonly uptimeMs: Millis;
  readonly failed: boolean;
  readonly spawned: boolean;
  /** What was answered to the restarts asked after this exit. */
  readonly given: { readonly at: Millis; readonly delayMs: number }[];
}

export interface Twin {
  step(event: RestartEvent, now: Millis): RestartDecision;
}

export function twin(plan: Plan): Twin {
  let history: Run[] = [];

  /** The runs that still matter: from the last one on that forgave what was before it. */
  function remembered(): Run[] {
    let from = 0;
    history.forEach((run, i) => {
      const long = plan.resetAfterMs !== null && run.uptimeMs >= plan.resetAfterMs;
      if (long && run.spawned) from = i;
    });
    return history.slice(from);
  }

  function restart(draw: number, now: Millis): RestartDecision {
    const last = history.at(-1);
    if (last === undefined) return { type: "launch", delayMs: 0 };
    const runs = remembered();
    const earlier = runs.slice(0, -1);
    const answered = earlier.filter((run) => run.given.length > 0);

    let place =
      plan.counts === "restarts"
        ? answered.length + 1
        : Math.max(1, runs.filter((run) => run.failed).length);
    let whole = 0;
    if (plan.firstRestart === "immediate") place--;
    if (place > 0) {
      const previousMs = answered.at(-1)?.given.at(-1)?.delayMs ?? 0;
      whole = spread(plan.jitter, delayAt(plan, place), plan.capMs, draw, previousMs);
    }

    last.given.push({ at: now, delayMs: whole });
    const since = {
      exit: last.exitedAt,
      launch: last.exitedAt - last.uptimeMs,
      request: last.given[0]?.at ?? now,
    }[plan.from];
    const passed = now < since ? 0 : now - since;
    return { type: "launch", delayMs: passed > whole ? 0 : whole - passed };
  }

  return {
    step(event, now) {
      switch (event.type) {
        case "healthy":
        case "reset":
          history = [];
          return { type: "noted" };
        case "exited": {
          const { failed, uptimeMs } = event;
          const spawned = event.exit.kind !== "spawn-failed";
          history.push({ exitedAt: now, uptimeMs, failed, spawned, given: [] });
          return { type: "noted" };
        }
        case "launch":
          return event.cause === "restart"
            ? restart(event.draw, now)
            : { type: "launch", delayMs: 0 };
      }
    },
  };
}

/** The capped delay, by one multiplication per place. */
function delayAt({ initialMs, over, under, capMs }: Plan, place: number): number {
  let numerator = BigInt(initialMs);
  let denominator = 1n;
  for (let n = 1; n < place; n++) {
    numerator *= BigInt(over);
    denominator *= BigInt(under);
  }
  if (numerator >= BigInt(capMs) * denominator) return capMs;
  const whole = numerator / denominator;
  return Number(whole) + Number(numerator - whole * denominator) / Number(denominator);
}

function spread(
  jitter: JitterPlan,
  ms: number,
  capMs: number,
  draw: number,
  previousMs: number,
): number {
  switch (jitter.kind) {
    case "none":
      return ms;
    case "full":
      return ms * draw;
    case "equal":
      return ms / 2 + (ms / 2) * draw;
    case "proportional": {
      const spreadMs = ms * jitter.low * (1 - draw) + ms * jitter.high * draw;
      return jitter.capOrder === "last" && spreadMs > capMs ? capMs : spreadMs;
    }
    case "decorrelated": {
      const high = jitter.times * Math.max(previousMs, ms);
      const spreadMs = ms * (1 - draw) + high * draw;
      return Math.min(spreadMs, capMs);
    }
  }
}
