// Deliberately dumb budgets: they keep everything that happened and read it from the beginning at
// every request.

import type { Millis, RestartDecision, RestartEvent } from "@steadfast/policy";
import type { DecayingPlan, Plan } from "./runs.js";

export interface Twin {
  step(event: RestartEvent, now: Millis): RestartDecision;
}

type Happened =
  | { readonly what: "counted"; readonly at: Millis }
  | { readonly what: "anchor"; readonly at: Millis };

/** A window as the list of instants that were counted in it. */
interface Window {
  readonly openedAt: Millis;
  readonly counted: Millis[];
}

export function crashBudgetTwin(plan: Plan): Twin {
  let past: Happened[] = [];
  let lastExit: Millis | undefined;

  const lasts = ({ openedAt }: Window, now: Millis): boolean => {
    const age = now > openedAt ? now - openedAt : 0;
    return plan.edge === "closed" ? age <= plan.windowMs : age < plan.windowMs;
  };

  /** All windows there ever were, in order. */
  function windows(): Window[] {
    const all: Window[] = [];
    for (const { what, at } of past) {
      const present = all.at(-1);
      if (what === "anchor") all.push({ openedAt: at, counted: [] });
      else if (present && lasts(present, at)) present.counted.push(at);
      else all.push({ openedAt: at, counted: [at] });
    }
    return all;
  }

  function request(cause: "start" | "restart" | "operator", now: Millis): RestartDecision {
    const present = windows().at(-1);
    const asked = cause === "restart" || plan.counts === "launches";
    if (asked && present && lasts(present, now) && present.counted.length >= plan.retries + 1) {
      // Before the window was opened the clock stands still.
      const from = now > present.openedAt ? now : present.openedAt;
      let wait = 0;
      while (lasts(present, from + wait)) wait = next(present, from, wait);
      return { type: "refuse", reason: "budget-spent", retryAfterMs: wait };
    }
    if (plan.counts === "launches") past.push({ what: "counted", at: now });
    if (cause !== "restart" || lastExit === undefined) return { type: "launch", delayMs: 0 };
    const passed = now > lastExit ? now - lastExit : 0;
    const delayMs = passed > plan.retryDelayMs ? 0 : plan.retryDelayMs - passed;
    return { type: "launch", delayMs };
  }

  /** Not one millisecond at a time where a window is a year long: up to the last one, then by one. */
  function next(present: Window, now: Millis, wait: Millis): Millis {
    let jump = 1;
    while (lasts(present, now + wait + 2 * jump)) jump *= 2;
    return wait + jump;
  }

  return {
    step(event, now) {
      switch (event.type) {
        case "launch":
          return request(event.cause, now);
        case "exited":
          lastExit = now;
          if (event.failed && plan.counts === "failures") past.push({ what: "counted", at: now });
          break;
        case "healthy":
          lastExit = undefined;
          if (plan.onHealthy === "forget") past = [];
          if (plan.onHealthy === "re-anchor") past = [{ what: "anchor", at: now }];
          break;
        case "reset":
          lastExit = undefined;
          past = [];
      }
      return { type: "noted" };
    },
  };
}

export function decayingBudgetTwin(plan: DecayingPlan): Twin {
  /** The instants of the failures that still matter, on a clock that never goes back. */
  let failures: Millis[] = [];
  let lastFailedAt: Millis | undefined;
  let pausedAt: Millis | undefined;
  /** How long the pause lasts, once somebody has asked in it. */
  let drawn: number | undefined;

  const passed = (since: Millis, now: Millis) => (now > since ? now - since : 0);

  /** The score as the sum of what is left of every single failure. */
  function score(): number {
    const newest = failures.at(-1) ?? 0;
    return failures.reduce((sum, at, i) => {
      if (i === failures.length - 1) return sum + 1;
      if (plan.halfLifeMs === 0) return sum;
      return sum + 2 ** (-(newest - at) / plan.halfLifeMs);
    }, 0);
  }

  /** A pause that is over is forgotten; with hold, what led to it, too. */
  function wakeUp(now: Millis): void {
    const lasts = drawn ?? plan.pauseMs * plan.jitter.high;
    if (pausedAt === undefined || passed(pausedAt, now) < lasts) return;
    pausedAt = undefined;
    drawn = undefined;
    if (plan.onTrip === "delay") return;
    failures = [];
    lastFailedAt = undefined;
  }

  return {
    step(event, now) {
      if (event.type === "reset") {
        failures = [];
        lastFailedAt = undefined;
        pausedAt = undefined;
        drawn = undefined;
      }
      if (event.type === "exited" && event.failed) {
        wakeUp(now);
        const before = failures.at(-1) ?? 0;
        failures.push(before + (lastFailedAt === undefined ? 0 : passed(lastFailedAt, now)));
        lastFailedAt = now;
        if (score() > plan.threshold) {
          pausedAt = now;
          drawn = undefined;
          if (plan.onTrip === "delay") failures = [];
        }
      }
      if (event.type !== "launch") return { type: "noted" };
      if (event.cause !== "restart" || pausedAt === undefined)
        return { type: "launch", delayMs: 0 };
      const { low, high } = plan.jitter;
      const whole =
        drawn ?? plan.pauseMs * low * (1 - event.draw) + plan.pauseMs * high * event.draw;
      const gone = passed(pausedAt, now);
      const left = gone > whole ? 0 : whole - gone;
      if (plan.onTrip === "hold" && left > 0) {
        return { type: "refuse", reason: "crash-storm", retryAfterMs: left };
      }
      drawn = whole;
      wakeUp(now);
      return { type: "launch", delayMs: left };
    },
  };
}
