// Lives of a child, at gaps that are the policy's own times, one less and one more; and what a policy makes
// of them: every decision, and every state.

import type { Exit, Millis, Policy, RestartEvent } from "@steadfast/policy";
import fc from "fast-check";

export interface Moment {
  readonly at: Millis;
  readonly event: RestartEvent;
}

const EXITS: readonly (readonly [Exit, boolean])[] = [
  [{ kind: "failed", code: 1 }, true],
  [{ kind: "failed", code: 1 }, true],
  [{ kind: "failed", code: 3 }, true],
  [{ kind: "signalled", signal: "SIGKILL" }, true],
  [{ kind: "completed", code: 0 }, false],
  [{ kind: "spawn-failed", error: "ENOENT" }, true],
  [{ kind: "unhealthy", reason: "probe" }, true],
  [{ kind: "cancelled" }, true],
  [{ kind: "lost" }, false],
];

const draws = fc.constantFrom(0, 0.25, 0.5, 0.999_999);

const ask = (cause: "start" | "restart" | "operator") =>
  draws.map((draw): RestartEvent => ({ type: "launch", cause, draw, wall: 0 }));

function exits(gaps: fc.Arbitrary<Millis>): fc.Arbitrary<RestartEvent> {
  return fc.tuple(fc.constantFrom(...EXITS), gaps).map(([[exit, failed], gap]) => {
    const uptimeMs = exit.kind === "spawn-failed" ? 0 : gap;
    return { type: "exited", exit, failed, uptimeMs };
  });
}

const FACTS: readonly RestartEvent[] = [{ type: "healthy" }, { type: "reset" }];

/** A life of up to so many moments, for a policy with these times. */
export function lives(timesMs: readonly Millis[], moments = 12): fc.Arbitrary<readonly Moment[]> {
  const around = [0, 1, 1_000, ...timesMs]
    .filter((ms) => ms <= 10_000_000)
    .flatMap((ms) => [Math.max(0, ms - 1), ms, ms + 1]);
  const gaps = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.constantFrom(...around));
  const moment = fc.oneof<fc.MaybeWeightedArbitrary<readonly RestartEvent[]>[]>(
    { weight: 12, arbitrary: fc.tuple(exits(gaps), ask("restart")) },
    { weight: 3, arbitrary: fc.tuple(ask("restart")) },
    fc.tuple(ask("start")),
    fc.tuple(ask("operator")),
    fc.constantFrom(...FACTS).map((fact) => [fact]),
  );
  return fc.array(fc.tuple(gaps, moment), { minLength: 1, maxLength: moments }).map((steps) => {
    let now = 10_000_000;
    return steps.flatMap(([gap, events]) => {
      now += gap;
      return events.map((event) => ({ at: now, event }));
    });
  });
}

/** Every decision and every state of a life, in order. */
export function told<State, Event, Decision>(
  policy: Policy<State, Event, Decision>,
  life: readonly { readonly at: Millis; readonly event: Event }[],
): readonly (readonly [State, Decision])[] {
  let state = policy.initial();
  return life.map(({ at, event }) => {
    const [next, decision] = policy.step(state, event, at);
    state = next;
    return [state, decision] as const;
  });
}
