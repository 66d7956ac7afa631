// Time in whole units: the policy is stepped as of the last whole unit, and its answer is
// counted from the real `now`.
//
// - A hint is lifted to the whole unit at which the coarse clock reaches it: refused one millisecond
//   sooner, launched at it. A policy that is willing alternately may not be so then: look-ahead.ts.
// - A delay runs from the rounded-down instant, so that it is shorter by what was rounded off, down to
//   0: a delay stands for an instant, and no core rounds it.
// - `wall` is moved along with `now`, for all requests and looks into the future alike.

import { type Ask, later, lookAhead } from "./look-ahead.js";
import type { Millis, PolicyDescription } from "./policy.js";
import { readArguments } from "./read-arguments.js";
import { readOptions } from "./read-options.js";
import { readPolicy } from "./read-policy.js";
import {
  launch,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  refuse,
} from "./restart.js";

/**
 * Shows a policy the time in whole units, as OTP counts in whole seconds.
 *
 * Decides: what `policy` decides as of `now` rounded down to `unitMs`.
 * Two events less than a unit apart may fall together, and two a millisecond apart may fall a unit
 * apart: durations are good to within one unit, on either side. Put it around what counts, and what
 * delays beside it: `allOf(coarse(window, 1_000), backoff)`.
 * Units: milliseconds; `unitMs` a whole number from 1 to 2^53-1, no default; 1 changes nothing.
 * Edge: exactly at a whole unit nothing is rounded.
 * Effect on state: that of `policy`; instants in it are whole units, or such and a delay of a member.
 * Two events in one unit are at the same instant; `parse` pulls instants to come back to `now`.
 * Errors: `PolicyOptionsError` for a bad unit, or what is no policy; those of `policy`.
 * Source: Erlang/OTP `supervisor`, which stamps restarts with whole monotonic seconds; the C
 * ca-gateway, which compares whole seconds.
 *
 * @since 0.1.0
 * @example
 * const policy = coarse(slidingWindow({ limit: 1, windowMs: 2_000 }), 1_000);
 * const times = [1_999, 2_000];
 * const child = cell(policy, { clock: () => times.shift() ?? 0, random: () => 0 });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "window-full", retryAfterMs: 1_000 }
 */
export function coarse<State>(policy: RestartPolicy<State>, unitMs: Millis): RestartPolicy<State> {
  readArguments("coarse", arguments, 2);
  readPolicy("coarse", "policy", policy);
  const unit = readOptions("coarse", { unitMs }).whole("unitMs", { min: 1 });
  /** What is beyond the last whole unit: exact, where a quotient would not be. */
  const beyond = (instant: Millis): Millis => ((instant % unit) + unit) % unit;
  /** No instant is before 1-2^53, and what is shown is one: there the unit begins later. */
  const whole = (now: Millis): Millis => Math.max(Number.MIN_SAFE_INTEGER, now - beyond(now));

  /** A hint that was given `over` ms ago, from `now`, up to a whole unit. */
  function lifted(hint: Millis, now: Millis, over: Millis): Millis {
    const rest = beyond(now - over + hint);
    return Math.min(Number.MAX_SAFE_INTEGER, hint - over + (rest === 0 ? 0 : unit - rest));
  }

  function ask(state: State, event: RestartEvent, now: Millis): readonly [State, RestartDecision] {
    const over = now - whole(now);
    const seen = event.type === "launch" && over > 0 ? later(event, -over) : event;
    const [next, answer] = policy.step(state, seen, now - over);
    if (answer.type === "launch" && over > 0) {
      return [next, launch(Math.max(0, answer.delayMs - over))];
    }
    if (answer.type !== "refuse" || answer.retryAfterMs === null) return [next, answer];
    return [next, refuse(answer.reason, lifted(answer.retryAfterMs, now, over))];
  }

  return {
    name: `coarse(${policy.name})`,
    describe: described(policy.describe, unit),
    wraps: policy,
    initial: () => policy.initial(),
    step(state, event, now) {
      const [next, answer] = ask(state, event, now);
      if (unit === 1 || answer.type !== "refuse" || event.type !== "launch") return [next, answer];
      const again: Ask = (event, now) => ask(next, event, now)[1];
      return [next, lookAhead(again, event, now, answer)];
    },
    // Not as of the whole unit: what a delay inside `policy` led to may lie behind it, and is not to come.
    parse: (raw, now) => policy.parse(raw, now),
    idle: (state, now) => policy.idle?.(state, whole(now)) ?? false,
  };
}

/** A window of coarse time is a whole number of units, and up to all but 1 ms of one is rounded off. */
function described(policy: PolicyDescription, unitMs: Millis): PolicyDescription {
  const { windowMs, timesMs, ...rest } = policy;
  const length = windowMs === undefined ? undefined : Math.ceil(windowMs / unitMs) * unitMs;
  return {
    ...rest,
    kind: "coarse",
    options: { unitMs },
    ...(length === undefined ? {} : { windowMs: Math.max(0, length - unitMs + 1) }),
    timesMs: [...new Set([unitMs, ...timesMs])],
    members: [policy],
  };
}
