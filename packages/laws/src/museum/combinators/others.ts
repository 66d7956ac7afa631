// Faulty `inTurn`, `giveUp` and `coarse`.

import {
  coarse,
  giveUp,
  inTurn,
  type LaunchEvent,
  launch,
  type RestartDecision,
  type RestartPolicy,
  refuse,
} from "@steadfast/policy";
import { type ExhibitOf, exhibit, type Sign } from "../exhibit.js";

type Pair = readonly [unknown, unknown];
type Taken = readonly [Pair, RestartDecision];

/** `inTurn`, except for its answers to requests. */
function inTurnFault(
  sign: Sign,
  answer: (
    first: RestartPolicy,
    second: RestartPolicy,
    healthy: RestartPolicy<Pair>,
  ) => (states: Pair, event: LaunchEvent, now: number) => Taken,
): ExhibitOf<"inTurn"> {
  return exhibit("inTurn", sign, (first, second) => {
    const healthy = inTurn(first, second) as RestartPolicy<unknown> as RestartPolicy<Pair>;
    const ask = answer(first, second, healthy);
    return {
      ...healthy,
      step: (states: Pair, event, now) =>
        event.type === "launch" ? ask(states, event, now) : healthy.step(states, event, now),
    };
  });
}

export const askedAsOfNow = inTurnFault(
  {
    name: "in-turn-asked-as-of-now",
    defect: "The second is asked as of now, and counts launches before they happen.",
    seenIn: "Unitech/pm2#4433: a delay of 10 s and at most 10 restarts came to 121 restarts",
  },
  (first, second, healthy) => (states, event, now) => {
    const [one, go] = first.step(states[0], event, now);
    if (go.type !== "launch") return healthy.step(states, event, now);
    const [two, then] = second.step(states[1], event, now);
    if (then.type !== "launch") return [two === states[1] ? states : [states[0], two], then];
    const same = one === states[0] && two === states[1];
    return [same ? states : [one, two], launch(go.delayMs + then.delayMs)];
  },
);

export const longestDelay = inTurnFault(
  {
    name: "in-turn-longest-delay",
    defect: "Of two delays the longer is taken, though the second begins when the first is over.",
    seenIn: "pm2 7.0.3: `exp_backoff_restart_delay` takes the place of `restart_delay`",
  },
  (first, second, healthy) => (states, event, now) => {
    const [next, decision] = healthy.step(states, event, now);
    if (decision.type !== "launch") return [next, decision];
    const [, go] = first.step(states[0], event, now);
    const wait = go.type === "launch" ? Math.ceil(go.delayMs) : 0;
    const [, then] = second.step(states[1], { ...event, wall: event.wall + wait }, now + wait);
    const delays = [go, then].map((one) => (one.type === "launch" ? one.delayMs : 0));
    return [next, launch(Math.max(...delays))];
  },
);

export const secondCostsFirst = inTurnFault(
  {
    name: "in-turn-refusal-costs-the-first",
    defect: "When the second refuses, the first has counted the launch all the same.",
    seenIn:
      "rate-limiter-flexible 11.4.0 `RateLimiterUnion`: points are taken from all, also if one rejects",
  },
  (first, _, healthy) => (states, event, now) => {
    const taken = healthy.step(states, event, now);
    const [one, go] = first.step(states[0], event, now);
    if (taken[1].type === "launch" || go.type !== "launch") return taken;
    return [one === taken[0][0] ? taken[0] : [one, taken[0][1]], taken[1]];
  },
);

export const doesNotGiveUp = exhibit(
  "giveUp",
  {
    name: "give-up-waits",
    defect: "It keeps the number of a refusal: a child that should end waits on.",
    seenIn: "graphile/worker#592: a pool with no worker left is active forever",
  },
  (policy) => ({ ...giveUp(policy), step: (state, event, now) => policy.step(state, event, now) }),
);

export const givesUpTooSoon = exhibit(
  "giveUp",
  {
    name: "give-up-too-soon",
    defect: "It gives up on a launch that only has to wait.",
    seenIn: "F1bonacc1/process-compose#189: dependants gave up while the dependency was restarting",
  },
  (policy) => {
    const healthy = giveUp(policy);
    return {
      ...healthy,
      step(state, event, now) {
        const [next, decision] = healthy.step(state, event, now);
        if (decision.type !== "launch" || decision.delayMs === 0) return [next, decision];
        return [state, refuse("given-up", null)];
      },
    };
  },
);

export const hintRoundedDown = exhibit(
  "coarse",
  {
    name: "coarse-hint-rounded-down",
    defect: "Its hint is rounded down to a whole unit, at which it refuses again.",
    seenIn: "epics-base-rs 0.20.2: the refusal tells whole seconds, and 900 ms as 0",
  },
  (policy, unitMs) => {
    const healthy = coarse(policy, unitMs);
    return {
      ...healthy,
      step(state, event, now) {
        const [next, decision] = healthy.step(state, event, now);
        if (decision.type !== "refuse" || decision.retryAfterMs === null) return [next, decision];
        const units = Math.floor(decision.retryAfterMs / unitMs);
        return [next, refuse(decision.reason, Math.max(1, (units - 1) * unitMs))];
      },
    };
  },
);
