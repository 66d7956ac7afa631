// A policy whose past is forgiven by something else than it says itself. Every source here has its own
// rule for that, and none of them knows our `healthy`: the policy never receives it.
//
// - A run of at least `afterMs` forgives what was before its exit; a failed spawn was no run. The exit
//   itself is reported after that, so that it is the first one.
// - With `byOperator` an operator's launch forgives, and happens at once.
// - Forgiving is the policy's own `reset`.

import {
  launch,
  type Millis,
  noted,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
} from "@steadfast/policy";

export interface Forgiveness {
  /** How long a run must be to forgive what was before it ended. Left out: no run does. */
  readonly afterMs?: Millis | null;
  /** Whether an operator's launch forgives. Left out: no. */
  readonly byOperator?: boolean;
}

/** `policy`, its past forgiven as `by` says and by `reset`, but not by `healthy`. */
export function forgiving<State>(
  policy: RestartPolicy<State>,
  by: Forgiveness = {},
): RestartPolicy<State> {
  const { afterMs = null, byOperator = false } = by;

  function forgiven(state: State, now: Millis): State {
    return policy.step(state, { type: "reset" }, now)[0];
  }

  /** Tells an exit after which nothing of the past is left; the same reference if nothing changed. */
  function afresh(state: State, event: RestartEvent, now: Millis): State {
    const [next] = policy.step(forgiven(state, now), event, now);
    return JSON.stringify(next) === JSON.stringify(state) ? state : next;
  }

  function step(state: State, event: RestartEvent, now: Millis): readonly [State, RestartDecision] {
    switch (event.type) {
      case "healthy":
        return [state, noted];
      case "exited":
        if (afterMs === null || event.uptimeMs < afterMs || event.exit.kind === "spawn-failed")
          break;
        return [afresh(state, event, now), noted];
      case "launch":
        if (byOperator && event.cause === "operator") return [forgiven(state, now), launch()];
    }
    return policy.step(state, event, now);
  }

  const { describe } = policy;
  return {
    name: `forgiving(${policy.name})`,
    describe: {
      ...describe,
      kind: "forgiving",
      options: { afterMs, byOperator },
      timesMs: afterMs ? [...new Set([...describe.timesMs, afterMs])] : describe.timesMs,
      members: [describe],
    },
    wraps: policy,
    initial: () => policy.initial(),
    step,
    parse: (raw, now) => policy.parse(raw, now),
    idle: (state, now) => policy.idle?.(state, now) ?? false,
  };
}
